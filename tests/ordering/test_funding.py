"""Coverage circle, kind of financing, closed budget years and the closing day of the books."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.members.records import Member
from app.ordering.attaching.records import CallOffPaper
from app.ordering.records import CallOff
from app.ordering.rules_funding import (
    NOTE_MISSING,
    Financing,
    Funding,
    closed_words,
    funding_faults,
    year_fault,
)
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.world import ACCOUNT, MONITOR, World

STOP = date(2026, 11, 20)
NOTE = "Beschluss vom 12.11.2026, gedeckt aus 11160.0821050"


@pytest.mark.parametrize(
    ("funding", "codes"),
    [
        (Funding(), []),
        (Funding("DK 7", Financing.PLANNED), []),
        (Funding(financing=Financing.ABOVE_PLAN), ["missing"]),
        (Funding(financing=Financing.OUTSIDE_PLAN, note=NOTE), []),
        (Funding("x" * 61, note="x" * 501), ["too_long", "too_long"]),
    ],
    ids=["nothing", "planned", "above", "outside", "long"],
)
def test_what_the_plan_does_not_know_needs_a_note(funding: Funding, codes: list[str]) -> None:
    assert [fault.code for fault in funding_faults(funding)] == codes


def test_the_year_before_is_the_earliest_that_is_charged() -> None:
    today = date(2026, 11, 21)
    assert [bool(year_fault(year, today)) for year in (None, 2025, 2024, 2027)] == [
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("stop", "year", "on", "warned"),
    [
        (None, None, date(2026, 12, 31), False),
        (STOP, None, STOP, False),
        (STOP, None, date(2026, 11, 21), True),
        (STOP, 2026, date(2026, 12, 31), True),
        (STOP, 2027, date(2026, 12, 31), False),
        (STOP, None, date(2027, 1, 2), False),
        (STOP, 2026, date(2027, 1, 2), True),
    ],
    ids=["no stop", "last day", "after", "same year", "next year", "new year", "old year then"],
)
def test_after_the_closing_day_orders_on_that_year_are_warned_of(
    stop: date | None, year: int | None, on: date, *, warned: bool
) -> None:
    assert bool(closed_words(stop, year, on)) is warned


def test_the_checkout_keeps_financing_and_warns_and_the_memo_says_so(
    portal: Portal, session: Session, world: World
) -> None:
    admin = portal.signed_in(world.member_admin)
    wrong = admin.post("/verwaltung/kassenschluss", {"day": "gestern"})
    assert (wrong.status_code, "Bitte geben Sie ein Datum an" in wrong.text) == (422, True)
    assert admin.post("/verwaltung/kassenschluss", {"day": STOP.isoformat()}).status_code == 303
    assert session.get_one(Member, world.dessau.id).order_stop_date == STOP
    session.rollback()
    browser = portal.signed_in(world.it)
    typed = {f"menge-{MONITOR}": "1", "finanzierung": "outside_plan", "deckungskreis": "DK 7"}

    lacking = browser.post("/bestellen", form(**typed))
    old = browser.post("/bestellen", form(**typed, jahr="2024", finanzierungsvermerk=NOTE))
    sent = browser.post("/bestellen", form(**typed, finanzierungsvermerk=NOTE))

    assert (lacking.status_code, NOTE_MISSING in lacking.text) == (422, True)
    assert "Nach dem Kassenschluss vom 20.11.2026" in lacking.text
    assert (old.status_code, "Haushaltsjahr 2024 ist abgeschlossen" in old.text) == (422, True)
    where = str(sent.headers["location"])
    assert "außerplanmäßig" in browser.page(where)
    approved = portal.signed_in(world.approver).post(
        f"{where}/genehmigen", {"acknowledged": "funds"}
    )
    assert approved.status_code == 303
    found = session.scalars(select(CallOff)).one()
    assert found.funding == Funding("DK 7", Financing.OUTSIDE_PLAN, NOTE)
    memo = session.get_one(StoredFile, found.memo_json_sha256).content.decode()
    assert NOTE in memo
    assert "Nach dem Kassenschluss" in memo
    assert '"confirmed_by":"' in memo
    assert "DK 7;außerplanmäßig" in browser.get("/abrufe.csv").content.decode("utf-8-sig")
    with pytest.raises(DatabaseError):
        session.execute(text("UPDATE call_off SET financing_note = ''"))
    session.rollback()


def test_the_paper_that_confirms_the_funds_stands_in_the_memo_and_not_in_its_public_copy(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    sent = browser.post("/bestellen", form(**{f"menge-{MONITOR}": "1"}))
    where = str(sent.headers["location"])
    proof = {"anhang": ("Mittel 2026.pdf", b"%PDF-1.7\nMittel\n%%EOF")}

    browser.post(f"{where}/anhang", {"mittel": "1"}, files=proof)
    portal.signed_in(world.desk).post(f"{where}/anhang", {"mittel": "1"}, files=proof)
    portal.signed_in(world.approver).post(f"{where}/genehmigen", {"acknowledged": "funds"})

    papers = session.scalars(select(CallOffPaper).order_by(CallOffPaper.id)).all()
    assert [one.confirms_funds for one in papers] == [True, False]
    assert "Mittelbestätigung" in browser.page(where)
    texts = [
        "".join(page.extract_text() for page in PdfReader(BytesIO(browser.get(one).content)).pages)
        for one in (f"{where}/vermerk.pdf", f"{where}/vermerk-oeffentlich.pdf")
    ]
    assert ["Mittel 2026.pdf" in one for one in texts] == [True, False]


def test_programs_say_the_same_and_may_leave_it_out(
    portal: Portal, session: Session, world: World
) -> None:
    client = portal.api(world.it)
    order: dict[str, Any] = {
        "lines": [{"sku": MONITOR, "quantity": 1}],
        "purpose": "Ersatz",
        "product_account": ACCOUNT,
    }

    plain = client.post("/api/v1/call-offs", order, key="1").json()
    lacking = client.post("/api/v1/call-offs", order | {"financing_type": "above_plan"}, key="2")
    unknown = client.post("/api/v1/call-offs", order | {"financing_type": "geheim"}, key="3")
    closed = client.post("/api/v1/call-offs", order | {"budget_year": 2024}, key="4")
    said = order | {"financing_type": "above_plan", "financing_note": NOTE, "coverage_circle": "7"}
    given = client.post("/api/v1/call-offs", said, key="5").json()

    assert (plain["financing_type"], plain["coverage_circle"]) == (None, "")
    fields = [answer.json()["errors"][0]["field"] for answer in (lacking, unknown, closed)]
    assert fields == ["financing_note", "financing_type", "budget_year"]
    assert (given["financing_type"], given["financing_note"]) == ("above_plan", NOTE)
    assert len(session.scalars(select(CallOff)).all()) == 2
