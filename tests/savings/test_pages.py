"""The report's page, its files and its API: the same figures, and only one's own."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.members.records import AdminOverhead
from app.ordering.market.records import MarketPrice
from tests.savings.orders import Given, completed
from tests.support.evidence import complete_evidence
from tests.support.portal import SQLITE
from tests.support.world import MONITOR, World, settled

MONTH = "2026-11"
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    complete_evidence(session)
    completed(session, found, Given(AT, found.it, quantity=3))
    session.commit()
    return found


def test_the_council_reads_its_own_months_only(portal: Any, world: World) -> None:
    council = portal.signed_in(world.council)

    page = council.page("/auswertung", monat=MONTH)

    assert "Einsparbericht Stadt Dessau-Roßlau" in page
    assert "keine belastbare Aussage" in page
    assert "nicht kassenwirksam" in page
    for heading in ("a) Anlass und Zweck", "b) Sachstand", "e) Bewertung und Ausblick"):
        assert heading in page
    assert council.get("/auswertung", mitglied="15003000").status_code == 404
    assert council.get("/auswertung", monat="2026-99").status_code == 422
    assert council.get("/auswertung/bericht.pdf", mitglied="15003000").status_code == 404


@SQLITE
def test_the_desk_reads_every_member_and_all_together(portal: Any, world: World) -> None:
    desk = portal.signed_in(world.desk)

    assert "Einsparbericht Alle Mitglieder" in desk.page("/auswertung", monat=MONTH)
    page = desk.page("/auswertung", monat=MONTH, mitglied="15003000")
    assert "Einsparbericht Landeshauptstadt Magdeburg" in page


@SQLITE
def test_a_role_without_reports_may_not(portal: Any, world: World) -> None:
    legal = portal.signed_in(world.legal)

    assert legal.get("/auswertung").status_code == 403
    assert legal.get("/auswertung/bericht.csv").status_code == 403
    assert portal.guest().get("/auswertung").status_code == 303


@SQLITE
def test_every_file_carries_the_same_hash(portal: Any, world: World) -> None:
    council = portal.signed_in(world.council)
    told = json.loads(council.get("/auswertung/bericht.json", monat=MONTH).content)
    table = council.get("/auswertung/bericht.csv", monat=MONTH).content.decode("utf-8-sig")
    page = council.page("/auswertung", monat=MONTH)
    pdf = council.get("/auswertung/bericht.pdf", monat=MONTH)
    workbook = council.get("/auswertung/bericht.xlsx", monat=MONTH)

    assert told["sha256"] in table
    assert told["sha256"] in page
    assert told["net_value"] == "568.50"
    assert ";568.50;" in table
    assert "568,50" in page
    assert pdf.content.startswith(b"%PDF-")
    assert workbook.content.startswith(b"PK")
    assert "einsparbericht-15001000-2026-11.pdf" in pdf.headers["content-disposition"]
    assert io.BytesIO(workbook.content).getbuffer().nbytes > 4000


def test_the_api_answers_the_same_figures(portal: Any, world: World) -> None:
    api = portal.api(world.council)

    answer = api.get("/api/v1/reports/savings", month=MONTH)

    assert answer.status_code == 200
    told = answer.json()
    assert told["time"]["orders"] == 1
    assert told["time"]["saved"] is None
    assert told["units"] == {"time": "seconds", "money": "EUR"}
    assert api.get("/api/v1/reports/savings", member="15003000").status_code == 404
    wrong = api.get("/api/v1/reports/savings", month="November")
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "month"
    assert api.get("/api/v1/reports/savings.csv", month=MONTH).status_code == 200
    assert api.get("/api/v1/reports/savings.pdf", month=MONTH).content.startswith(b"%PDF-")
    assert portal.api(None).get("/api/v1/reports/savings").status_code == 401
    assert portal.api(world.legal).get("/api/v1/reports/savings").status_code == 403


@SQLITE
def test_the_member_enters_rate_and_overhead(portal: Any, session: Session, world: World) -> None:
    admin = portal.signed_in(world.member_admin)

    saved = admin.post("/auswertung/angaben/stundensatz", {"rate": "56,40", "source": "Bericht 7"})
    admin.post("/auswertung/angaben/aufwand", {"month": MONTH, "minutes": "45", "note": "Schulung"})
    admin.post("/auswertung/angaben/aufwand", {"month": MONTH, "minutes": "60", "note": ""})
    session.refresh(world.dessau)

    assert saved.status_code == 303
    assert world.dessau.hourly_rate is not None
    assert world.dessau.hourly_rate.text == "56.40"
    assert [row.minutes for row in session.scalars(select(AdminOverhead))] == [60]
    assert "56,40" in admin.page("/auswertung/angaben")


@SQLITE
@pytest.mark.parametrize(
    ("path", "sent", "sentence"),
    [
        ("stundensatz", {"rate": "56.40", "source": "x"}, "56,40"),
        ("stundensatz", {"rate": "501", "source": "x"}, "bis 500"),
        ("stundensatz", {"rate": "50", "source": ""}, "Quelle und Jahr"),
        ("aufwand", {"month": "2026-13", "minutes": "5"}, "wählen Sie einen Monat"),
        ("aufwand", {"month": MONTH, "minutes": "-5"}, "ganze Minuten"),
        ("aufwand", {"month": MONTH, "minutes": "1e9"}, "ganze Minuten"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(
    portal: Any, session: Session, world: World, path: str, sent: dict[str, str], sentence: str
) -> None:
    admin = portal.signed_in(world.member_admin)

    answer = admin.post(f"/auswertung/angaben/{path}", sent)
    session.refresh(world.dessau)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert world.dessau.hourly_rate is None
    assert session.scalars(select(AdminOverhead)).all() == []


@SQLITE
def test_only_the_members_administration_enters_them(portal: Any, world: World) -> None:
    for person in (world.council, world.it, world.desk):
        browser = portal.signed_in(person)
        assert browser.get("/auswertung/angaben").status_code == 403
        form = {"rate": "50", "source": "x"}
        assert browser.post("/auswertung/angaben/stundensatz", form).status_code == 403


@SQLITE
def test_an_orderer_records_a_market_price(portal: Any, session: Session, world: World) -> None:
    orderer = portal.signed_in(world.it)
    form = {
        "sku": MONITOR,
        "price": "201,90",
        "source": "=Angebot 4",
        "seen_on": "2026-11-03",
        "same_specification": "1",
    }

    assert orderer.post("/auswertung/marktpreise", form).status_code == 303
    unknown = orderer.post("/auswertung/marktpreise", form | {"sku": "NICHT-DA"})
    ahead = orderer.post("/auswertung/marktpreise", form | {"seen_on": "2027-01-01"})
    price = session.scalars(select(MarketPrice)).one()

    assert unknown.status_code == 422
    assert "gibt es nicht" in unknown.text
    assert ahead.status_code == 422
    assert (price.member_id, price.sku, price.unit_price.text) == (
        world.dessau.id,
        MONITOR,
        "201.90",
    )
    assert "201,90" in orderer.page("/auswertung/marktpreise")
    told = json.loads(orderer.get("/auswertung/bericht.json", monat=MONTH).content)
    assert told["money"]["price_advantage"] == "37.20"
    assert portal.signed_in(world.council).get("/auswertung/marktpreise").status_code == 403
