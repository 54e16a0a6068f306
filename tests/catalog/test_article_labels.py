"""Sustainability labels of articles: from the catalog and from the editor, with proof and end."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.content.queries import labelled, labels_of
from app.catalog.content_records import ArticleEdit, ArticleLabel
from app.catalog.records import Article
from app.catalog.rules_labels import Label
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from tests.catalog.importing import rented_catalog
from tests.catalog.places import OWN
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.world import NOTEBOOK, World, settled

PDF = b"%PDF-1.7\n% a certificate\n%%EOF\n"
REGISTER = "https://tcocertified.com/product/1"


@pytest.fixture
def place(session: Session) -> World:
    place = settled(session)
    rented_catalog(session, place.framework)
    session.commit()
    return place


def article_id(session: Session, sku: str) -> int:
    return session.scalars(select(Article.id).where(Article.sku == sku)).one()


def wish(**changes: str) -> dict[str, str]:
    return {
        "sku": NOTEBOOK,
        "siegel": "tco-certified",
        "stufe": "9.0",
        "gueltig_ab": "2026-01-01",
        "gueltig_bis": "",
        "nachweis_url": REGISTER,
        **changes,
    }


@pytest.mark.usefixtures("place")
def test_a_published_catalog_brings_its_labels_with_validity_and_proof(session: Session) -> None:
    rows = session.scalars(select(ArticleLabel).order_by(ArticleLabel.id)).all()

    assert [(row.label, row.grade, row.valid_to, row.proof_url) for row in rows] == [
        (Label.BLUE_ANGEL, "", date(2028, 1, 1), "https://www.blauer-engel.de/produkt/1"),
        (Label.TCO_CERTIFIED, "9.0", date(2026, 2, 1), ""),
        (Label.EPEAT, "Gold", None, ""),
    ]


@pytest.mark.usefixtures("place")
def test_only_labels_of_the_day_can_be_filtered_by(session: Session) -> None:
    rented = article_id(session, "MFP-MIETE")

    assert labels_of(session, [rented], TODAY) == {rented: (Label.BLUE_ANGEL, Label.EPEAT)}
    assert set(session.execute(labelled(date(2028, 1, 1))).all()) == {(rented, Label.EPEAT)}


def test_an_expired_label_is_shown_as_expired(portal: Portal, place: World) -> None:
    browser, api = portal.signed_in(place.it), portal.api(place.it)

    page = browser.page("/artikel/MFP-MIETE")
    told = api.get("/api/v1/articles/MFP-MIETE").json()

    assert "TCO Certified 9.0" in page
    assert "abgelaufen" in page
    assert 'href="https://www.blauer-engel.de/produkt/1"' in page
    assert "1.250 kg CO₂e" in page
    assert told["labels"] == ["Blauer Engel", "EPEAT"]
    assert told["footprint_kg"] == "1250.5"
    assert [(one["name"], one["standing"]) for one in told["label_records"]] == [
        ("Blauer Engel", "valid"),
        ("EPEAT Gold", "valid"),
        ("TCO Certified 9.0", "expired"),
    ]


def test_the_list_shows_labels_that_are_valid_today(portal: Portal, place: World) -> None:
    page = portal.signed_in(place.it).page("/katalog?q=Multifunktion")

    assert "Blauer Engel" in page
    assert "EPEAT" in page
    assert "TCO" not in page


def test_a_later_version_ends_the_labels_that_it_no_longer_claims(
    session: Session, place: World
) -> None:
    file = (OWN / "miete_2005.xml").read_text(encoding="utf-8")
    later = file.replace("001.000", "002.000").replace("EPEAT Gold, ", "")
    path = OWN / "miete_2005.xml"
    order = ImportOrder(path.name, place.framework.number, publish=True)
    kept = session.scalars(select(ArticleLabel.id).where(ArticleLabel.label == Label.BLUE_ANGEL))
    before = kept.one()

    with_file(session, later, order)

    rented = article_id(session, "MFP-MIETE")
    assert labels_of(session, [rented], TODAY) == {rented: (Label.BLUE_ANGEL,)}
    ended = session.scalars(select(ArticleLabel).where(ArticleLabel.label == Label.EPEAT)).one()
    assert ended.withdrawn_at == NOON + timedelta(hours=1)
    same = select(ArticleLabel.id).where(ArticleLabel.label == Label.BLUE_ANGEL)
    assert session.scalars(same).all() == [before]


def with_file(session: Session, text: str, order: ImportOrder) -> None:
    import_catalog(session, BytesIO(text.encode()), order, NOON + timedelta(hours=1))


def test_the_editor_records_a_label_and_the_next_page_shows_it(
    portal: Portal, session: Session, place: World
) -> None:
    keeper, reader = portal.signed_in(place.contracts), portal.signed_in(place.it)
    assert "TCO" not in reader.page("/katalog?q=Notebook 14")

    answer = keeper.post("/artikelpflege/umweltzeichen", wish())

    assert answer.status_code == 303, answer.text
    assert "TCO Certified" in reader.page("/katalog?q=Notebook 14")
    page = reader.page(f"/artikel/{NOTEBOOK}")
    assert "TCO Certified 9.0" in page
    assert f'href="{REGISTER}"' in page
    session.rollback()
    (edit,) = session.scalars(select(ArticleEdit)).all()
    assert (edit.what, edit.by) == ("label_added", place.contracts.id)


def test_a_certificate_can_be_handed_in_and_is_handed_out_as_a_file(
    portal: Portal, session: Session, place: World
) -> None:
    keeper, reader = portal.signed_in(place.contracts), portal.signed_in(place.it)

    keeper.post(
        "/artikelpflege/umweltzeichen",
        wish(nachweis_url=""),
        files={"urkunde": ("urkunde.pdf", PDF, "application/pdf")},
    )

    session.rollback()
    label = session.scalars(select(ArticleLabel).order_by(ArticleLabel.id.desc())).first()
    assert label is not None
    proof = reader.get(f"/umweltzeichen/{label.id}/nachweis")
    assert proof.content == PDF
    assert proof.headers["content-type"] == "application/pdf"
    assert proof.headers["content-disposition"].startswith("attachment")
    assert proof.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"siegel": "bio"}, "wählen Sie ein Umweltzeichen", id="unknown label"),
        pytest.param({"gueltig_ab": ""}, "seit wann das Umweltzeichen gilt", id="no first day"),
        pytest.param({"gueltig_ab": "gestern"}, "zum Beispiel 21.11.2026", id="no day"),
        pytest.param({"gueltig_bis": "2025-12-31"}, "vor dem Beginn", id="ends before it begins"),
        pytest.param({"nachweis_url": ""}, "Registereintrags oder laden Sie", id="no proof"),
        pytest.param({"nachweis_url": "javascript:alert(1)"}, "https://", id="no address"),
        pytest.param({"stufe": "x" * 41}, "höchstens 40 Zeichen", id="too long a grade"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(
    portal: Portal, session: Session, place: World, changes: dict[str, str], sentence: str
) -> None:
    before = session.scalar(select(func.count(ArticleLabel.id)))

    answer = portal.signed_in(place.contracts).post("/artikelpflege/umweltzeichen", wish(**changes))

    assert answer.status_code == 422
    assert sentence in answer.text
    session.rollback()
    assert session.scalar(select(func.count(ArticleLabel.id))) == before


def test_a_label_recorded_wrongly_is_taken_back_and_stays_on_record(
    portal: Portal, session: Session, place: World
) -> None:
    keeper = portal.signed_in(place.contracts)
    keeper.post("/artikelpflege/umweltzeichen", wish())
    session.rollback()
    label = session.scalars(select(ArticleLabel).order_by(ArticleLabel.id.desc())).first()
    assert label is not None
    address = f"/artikelpflege/umweltzeichen/{label.id}/zuruecknehmen"

    assert keeper.post(address, {"sku": "MFP-MIETE"}).status_code == 404
    assert keeper.post(address, {"sku": NOTEBOOK}).status_code == 303
    assert keeper.post(address, {"sku": NOTEBOOK}).status_code == 409

    session.rollback()
    session.refresh(label)
    assert label.withdrawn_by == place.contracts.id
    assert labels_of(session, [label.article_id], TODAY) == {}
    assert "TCO" not in portal.signed_in(place.it).page(f"/artikel/{NOTEBOOK}")


def test_only_who_keeps_the_catalog_records_labels(portal: Portal, place: World) -> None:
    answer = portal.signed_in(place.it).post("/artikelpflege/umweltzeichen", wish())

    assert answer.status_code == 403
