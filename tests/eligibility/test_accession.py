"""Joining and leaving: dated steps with their proof, the resolution paper, the register."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.eligibility.evidence.records import EvidenceDocument, Fact
from app.kernel.money import Money
from app.members.membership.keep_terms import TermsWish, keep_fee, keep_terms
from app.members.queries import memberships
from app.members.records import Member, Membership, MembershipFee, MembershipStep
from app.members.rules import BodyKind
from tests.support.clock import NOON
from tests.support.world import World, settled

PDF = b"%PDF-1.7\nein Beschluss\n%%EOF\n"
TODAY = NOON.date()
HERE = "/verwaltung/mitglieder/15091375"


@pytest.fixture
def world(session: Session) -> World:
    known = settled(session)
    session.add(_member("15091375", "Stadt Zahna-Elster", "Zahna-Elster"))
    session.flush()
    return known


def _member(key: str, name: str, city: str) -> Member:
    return Member(
        key=key,
        name=name,
        body_kind=BodyKind.EINHEITSGEMEINDE,
        contracting_authority_basis="§ 99 Nr. 1 GWB",
        street="Am Rathaus 1",
        postal_code="06895",
        city=city,
        procurements_per_year=60,
        target_hours_per_year=65,
        hourly_rate=Money.euros(60),
        hourly_rate_source="KGSt-Bericht 10/2025",
    )


def _sent(step: str, on: date, **more: str) -> dict[str, str]:
    return {"schritt": step, "tag": on.isoformat(), "fundstelle": "BV/12/2026", **more}


def _file() -> dict[str, Any]:
    return {"datei": ("beschluss.pdf", PDF, "application/pdf")}


def _taken(session: Session) -> list[str]:
    return [one.value for one in session.scalars(select(MembershipStep.step))]


def test_a_town_joins_step_by_step_and_leaves_with_its_fiscal_year(
    session: Session, world: World, portal: Any
) -> None:
    keeper = portal.signed_in(world.admin)
    keep_terms(
        session,
        TermsWish(date(2018, 6, 1), "Einkauf eG", 8, 6, Money.euros(5000), "Satzung 2018, § 5"),
        "person:1",
        NOON,
    )

    keeper.post(f"{HERE}/werdegang", _sent("council_resolution", TODAY), files=_file())
    keeper.post(f"{HERE}/werdegang", _sent("application", TODAY), files=_file())
    keeper.post(f"{HERE}/werdegang", _sent("admission", TODAY))
    keeper.post(f"{HERE}/werdegang", _sent("share_paid", TODAY))
    keeper.post(f"{HERE}/werdegang", _sent("effective", date(2026, 11, 1)))
    page = keeper.page(f"{HERE}/werdegang")
    assert "Mitglied" in page
    keeper.post(f"{HERE}/werdegang", _sent("notice", TODAY))
    page = keeper.page(f"{HERE}/werdegang")

    assert len(_taken(session)) == 6
    town = session.scalars(select(Member).where(Member.key == "15091375")).one()
    (period,) = memberships(session, town.id)
    assert (period.resolved_on, period.share_paid_on) == (TODAY, TODAY)
    assert (period.effective_from, period.notice_received_on) == (date(2026, 11, 1), TODAY)
    assert period.effective_to == date(2027, 7, 31)
    assert period.share_contribution == Money.euros(5000)
    assert "31.01.2028" in page
    facts = session.scalars(select(Fact.key).where(Fact.scope_key == "15091375")).all()
    assert sorted(facts) == ["accession_declaration", "council_resolution"]


@pytest.mark.parametrize(
    ("sent", "file", "sentence"),
    [
        (_sent("admission", TODAY), {}, "Zuerst fehlt noch: Beitrittserklärung, Beschluss"),
        (_sent("council_resolution", TODAY), {}, "Dieser Schritt zählt nur mit Dokument."),
        (_sent("application", TODAY + timedelta(days=1)), _file(), "liegt in der Zukunft"),
        (_sent("application", TODAY, fundstelle=" "), _file(), "woraus der Schritt hervorgeht"),
        (_sent("application", TODAY, tag="gestern"), _file(), "Bitte geben Sie ein Datum an"),
        (_sent("wunsch", TODAY), {}, "Bitte wählen Sie den Schritt."),
        (_sent("application", TODAY, fundstelle="x" * 201), _file(), "Bitte höchstens 200 Zeichen"),
    ],
    ids=["too-early", "no-paper", "in-future", "no-source", "no-date", "unknown", "long-source"],
)
def test_a_refused_step_leaves_nothing_behind(
    session: Session,
    world: World,
    portal: Any,
    sent: dict[str, str],
    file: dict[str, Any],
    sentence: str,
) -> None:
    before = session.scalar(select(func.count()).select_from(EvidenceDocument))

    answer = portal.signed_in(world.admin).post(f"{HERE}/werdegang", sent, files=file or None)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert sent["fundstelle"] in answer.text
    assert _taken(session) == []
    assert session.scalar(select(func.count()).select_from(EvidenceDocument)) == before


WISH = {
    "number": "BV/353/2023/II-11",
    "submitted_by": "Der Oberbürgermeister",
    "responsible": "Referat IT",
    "organ": "Stadtrat",
    "effective_from": "2024-04-01",
    "consultation": "Dienstberatung OB; nicht öffentlich; 06.02.2024\n"
    "Stadtrat; öffentlich; 13.03.2024",
    "guiding_fields": "Wirtschaft\nBildung",
    "product_account": "11160.1114070/7844000",
    "budgeted": "0,00",
    "funds_available": "1",
    "financing": "außerplanmäßig",
    "coverage": "11160.5291400/7291400; 2.400,00\n11160.0821050/7831000; 5.000; 111601000000001",
}


def test_the_paper_derives_its_figures_and_shows_the_difference(
    session: Session, world: World, portal: Any
) -> None:
    session.query(MembershipFee).delete()
    keep_fee(
        session, date(2021, 1, 1), (Money.euros(200), "Beitragsordnung, Stand 2021"), "a", NOON
    )
    keeper = portal.signed_in(world.admin)

    word = keeper.get(f"{HERE}/beschlussvorlage.docx", **WISH)
    pdf = keeper.get(f"{HERE}/beschlussvorlage.pdf", **WISH)

    document = Document(BytesIO(word.content))
    said = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paper = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split()
    )
    for heading in (
        "Gesetzliche Grundlagen",
        "Bereits gefasste und/oder zu ändernde Beschlüsse",
        "Vorliegende Gutachten und/oder Stellungnahmen",
        "Hinweise zur Veröffentlichung",
        "a) Anlass und Zweck",
        "b) Sachstand",
        "c) Lösungsweg",
        "d) Finanzielle Folgen und geplante Durchführung",
        "e) Votum",
    ):
        assert heading in said
        assert heading in paper
    for figure in (
        "9 angefangene Monate × 200,00 €",
        "6.800,00 €",
        "600,00 €",
        "2.400,00 €",
        "1 ÷ 3; die Grenze von 1/20 beträgt 5 %",
        "180 Stunden je Jahr",
        "40,0 Stunden je Jahr",
    ):
        assert any(figure in cell.replace("\u00a0", " ") for cell in cells), figure
    assert "Erwartung" in cells
    assert "nicht öffentlich" in cells


def test_a_paper_that_cannot_be_written_brings_the_form_back(world: World, portal: Any) -> None:
    keeper = portal.signed_in(world.admin)

    answer = keeper.get(f"{HERE}/beschlussvorlage.pdf", **WISH | {"coverage": "ein Konto"})

    assert answer.status_code == 422
    assert "Produktkonto; Betrag; Investitionsnummer." in answer.text
    assert "BV/353/2023/II-11" in answer.text


def test_the_register_counts_members_of_any_day(
    session: Session, world: World, portal: Any
) -> None:
    (period,) = memberships(session, world.magdeburg.id)
    period.effective_to = date(2025, 12, 31)
    reader = portal.signed_in(world.auditor)
    api = portal.api(world.auditor)

    assert "Landeshauptstadt Magdeburg" in reader.page(
        "/mitgliederverzeichnis", stichtag="2025-12-31"
    )
    assert "Landeshauptstadt Magdeburg" not in reader.page(
        "/mitgliederverzeichnis", stichtag="2026-01-01"
    )
    csv = reader.get("/mitgliederverzeichnis.csv", stichtag="2026-01-01").content.decode(
        "utf-8-sig"
    )
    assert csv.splitlines()[1].startswith("15001000;Stadt Dessau-Roßlau;kreisfreie Stadt")
    assert reader.get("/mitgliederverzeichnis", stichtag="morgen").status_code == 422
    given = api.get("/api/v1/members", on="2026-01-01").json()
    assert portal.api(world.it).get("/api/v1/members").status_code == 403
    assert (given["total"], [one["key"] for one in given["items"]]) == (1, ["15001000"])
    assert api.get("/api/v1/members", on="2026-01-01", known_on="1999-01-01").json()["total"] == 0
    for never in ("0001-01-01", "9999-12-31", "morgen"):
        assert api.get("/api/v1/members", on=never).status_code == 422
        assert api.get("/api/v1/members", known_on=never).status_code == 422


def test_the_register_is_searched_and_paged_while_figures_and_csv_stay_whole(
    session: Session, world: World, portal: Any
) -> None:
    for number in range(26):
        one = _member(f"150810{number:02}", f"Gemeinde Nr. {number:02}", "Gardelegen")
        session.add(one)
        session.flush()
        period = Membership(member_id=one.id, effective_from=TODAY, recorded_at=NOON)
        session.add(period)
    session.commit()
    reader = portal.signed_in(world.auditor)
    here = "/mitgliederverzeichnis"

    first, second = reader.page(here, q="GARDELEGEN"), reader.page(here, q="gardelegen", page="2")

    assert ("Gemeinde Nr. 24" in first, "Gemeinde Nr. 25" in first) == (True, False)
    assert ("Gemeinde Nr. 24" in second, "Gemeinde Nr. 25" in second) == (False, True)
    assert "1–25 von 26" in first
    assert "26–26 von 26" in second
    assert "Magdeburg" not in first
    csv = reader.get(f"{here}.csv").content.decode("utf-8-sig").splitlines()
    assert len(csv) == 1 + 26 + 2
    assert "Zu dieser Auswahl gibt es kein Mitglied." in reader.page(here, art="Verein")


def test_terms_and_fees_hold_from_their_day_on(world: World, portal: Any) -> None:
    keeper = portal.signed_in(world.admin)
    terms = {
        "terms_from": "2027-01-01",
        "cooperative": "Einkauf eG",
        "first_month": "7",
        "notice_months": "2",
        "share": "5.000",
        "terms_source": "Satzung 2027",
    }

    refused = keeper.post("/verwaltung/beitragsordnung/satzung", terms)
    keeper.post("/verwaltung/beitragsordnung/satzung", terms | {"notice_months": "6"})
    fee = {"fee_from": "2027-01-01", "monthly": "250", "fee_source": "Beitragsordnung 2027"}
    keeper.post("/verwaltung/beitragsordnung/beitrag", fee)
    again = keeper.post("/verwaltung/beitragsordnung/beitrag", fee)
    page = keeper.page("/verwaltung/beitragsordnung")

    assert refused.status_code == 422
    assert "§ 65 Abs. 2 GenG" in refused.text
    assert "Für diesen Tag ist schon ein Beitrag erfasst." in again.text
    assert "Beitragsordnung 2027" in page
    assert "Juli" in page
