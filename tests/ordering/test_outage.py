"""Ordering on paper while the portal is away: numbered forms, entered later as of their moment."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pdfplumber
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.archive.store import content
from app.catalog.records import Price
from app.database.tenant import EVERY_MEMBER
from app.documents.outage_form_pdf import OutageForms, outage_form_pdf
from app.eligibility.records import EligibilityDecision
from app.ordering.outage.enter_form import enter_form
from app.ordering.outage.issue_forms import issue_forms
from app.ordering.outage.rules_forms import form_number, moment_fault, number_of
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Actor, DeliverTo, OnPaper, Wanted
from tests.support.application import Portal
from tests.support.archival_pdf import faults
from tests.support.clock import NOON, TODAY
from tests.support.portal import SQLITE
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, lot_of

PRINTED = NOON - timedelta(days=9)
ORDERED = NOON  # the evidence of this world is on record since then
LATER = NOON + timedelta(days=3)
FORM = "N-15001000-0001"
WANTED = Wanted(
    {NOTEBOOK: 2}, "Ersatz", ACCOUNT, DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau")
)


def orderer(world: World) -> Actor:
    return Actor(world.it.id, world.dessau.id)


@pytest.fixture
def forms(session: Session, world: World) -> None:
    issue_forms(session, orderer(world), world.dessau.id, 3, PRINTED)
    session.commit()


def fields(**changes: str) -> dict[str, str]:
    return {
        "formular": "n-15001000-1",
        "tag": "2026-11-21",
        "uhrzeit": "12:00",
        "zweck": "Ersatz für Altgeräte",
        "konto": ACCOUNT,
        "adresse": "1",
        "nummer-1": "nb 14",
        "menge-1": "2",
        **changes,
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("N-15001000-0007", 7),
        (" n-15001000-7 ", 7),
        ("N-15003000-0007", None),
        ("0007", None),
        ("N-15001000-", None),
        ("N-15001000-٧", None),
        ("N-15001000-" + "9" * 30, None),
    ],
)
def test_a_form_number_belongs_to_its_member(text: str, number: int | None) -> None:
    assert number_of(text, "15001000") == number
    assert number is None or number_of(form_number("15001000", number), "15001000") == number


@pytest.mark.parametrize(
    ("ordered", "word"),
    [
        (timedelta(0), ""),
        (timedelta(minutes=1), "Zukunft"),
        (timedelta(days=-9), ""),
        (timedelta(days=-9, hours=-1), "erst danach gedruckt"),
        (timedelta(days=-15), "14 Tage"),
    ],
)
def test_a_form_is_entered_within_two_weeks_and_not_before_its_print(
    ordered: timedelta, word: str
) -> None:
    assert word in moment_fault(NOON + ordered, PRINTED, NOON)
    assert bool(word) == bool(moment_fault(NOON + ordered, PRINTED, NOON))


def test_the_forms_are_tagged_pages_with_a_number_each() -> None:
    pages = OutageForms(("N-1-0001", "N-1-0002"), "Stadt <b>Dessau", ("Markt 1",), (ACCOUNT,), NOON)

    pdf = outage_form_pdf(pages)

    assert faults(pdf) == []
    assert outage_form_pdf(replace(pages)) == pdf
    with pdfplumber.open(BytesIO(pdf)) as file:
        texts = [page.extract_text() or "" for page in file.pages]
    assert [("N-1-0001" in text, "N-1-0002" in text.split("\n")[0]) for text in texts] != []
    assert len(texts) == 2
    assert all("Artikelnummer" in text and "Genehmigt: Datum" in text for text in texts)


@pytest.mark.usefixtures("forms")
def test_an_order_from_paper_keeps_its_day_its_price_and_its_decision(
    session: Session, world: World
) -> None:
    """The price ended since: it counts for the form, and for nobody else any more."""
    session.execute(update(Price).values(valid_to=TODAY + timedelta(days=1)))

    done = enter_form(
        session, orderer(world), world.dessau.id, WANTED, OnPaper("N-15001000-1", ORDERED), LATER
    )

    assert isinstance(done, Submitted)
    found = session.scalars(select(CallOff)).one()
    assert (found.outage_form, found.submitted_at, found.entered_at) == (FORM, ORDERED, LATER)
    assert found.net.cents == 157_800
    decision = session.scalars(select(EligibilityDecision)).one()
    assert (decision.reference_instant, decision.decided_at) == (ORDERED, LATER)
    approver = Actor(world.approver.id, world.dessau.id)
    placed = approve_call_off(session, approver, found.number, EVERY_MEMBER, LATER)
    assert isinstance(placed, Placed)
    memo = content(session, found.memo_json_sha256 or "").content.decode()
    assert f"Formular {FORM} vom 21.11.2026" in memo
    assert f"vom Ausfallformular {FORM}." in memo


@pytest.mark.usefixtures("forms")
def test_what_was_proven_only_later_does_not_help_a_form(session: Session, world: World) -> None:
    earlier = OnPaper(FORM, NOON - timedelta(days=1))

    done = enter_form(session, orderer(world), world.dessau.id, WANTED, earlier, LATER)

    assert isinstance(done, Submitted)
    assert done.state is State.BLOCKED_EVIDENCE


@pytest.mark.usefixtures("forms")
def test_the_ceiling_of_today_holds_and_a_refusal_leaves_the_number_free(
    session: Session, world: World
) -> None:
    paper = OnPaper(FORM, ORDERED)
    lot_of(session, NOTEBOOK).maximum_quantity = 1

    refused = enter_form(session, orderer(world), world.dessau.id, WANTED, paper, LATER)
    less = replace(WANTED, quantities={NOTEBOOK: 1})
    taken = enter_form(session, orderer(world), world.dessau.id, less, paper, LATER)

    assert isinstance(refused, Refused)
    assert refused.code == "ceiling_reached"
    assert isinstance(taken, Submitted)


@pytest.mark.usefixtures("forms")
def test_a_form_is_entered_on_its_page_once_and_marked_wherever_it_shows(
    portal: Portal, world: World
) -> None:
    portal.clock.pass_by(days=3)
    browser = portal.signed_in(world.it)

    answer = browser.post("/ausfall/erfassen", fields(wunschtermin="23.11.2026"))
    again = browser.post("/ausfall/erfassen", fields(**{"menge-1": "3"}))

    assert answer.status_code == 303, answer.text
    number = answer.headers["location"].rsplit("/", 1)[1]
    assert again.status_code == 422
    assert f"Das Formular {FORM} ist schon als Abruf {number} erfasst." in again.text
    assert 'value="3"' in again.text
    assert f"Formular {FORM} vom 21.11.2026" in browser.page(f"/abrufe/{number}")
    assert "nachgetragen" in browser.page("/abrufe")
    assert FORM in portal.signed_in(world.approver).page("/genehmigungen")
    assert number in portal.signed_in(world.desk).page("/abwicklung/nacherfasst")
    given = portal.api(world.it).get(f"/api/v1/call-offs/{number}").json()
    assert (given["outage_form"], given["requested_date"]) == (FORM, "2026-11-23")
    assert given["submitted_at"] == "2026-11-21T11:00:00Z"


@pytest.mark.usefixtures("forms")
@SQLITE
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"formular": ""}, "formular"),
        ({"formular": "N-15003000-0001"}, "formular"),
        ({"formular": "<b>" + "9" * 60}, "formular"),
        ({"formular": "N-15001000-0004"}, "formular"),
        ({"tag": "gestern"}, "tag"),
        ({"tag": "2026-11-25"}, "tag"),
        ({"tag": "2026-11-01"}, "tag"),
        ({"uhrzeit": "25:00"}, "uhrzeit"),
        ({"uhrzeit": ""}, "uhrzeit"),
        ({"zweck": ""}, "zweck"),
        ({"zweck": "\u202e" + "x" * 501}, "zweck"),
        ({"konto": "\x00"}, "konto"),
        ({"adresse": ""}, "adresse"),
        ({"adresse": "99999"}, "adresse"),
        ({"wunschtermin": "2026-11-20"}, "wunschtermin"),
        ({"wunschtermin": "bald"}, "wunschtermin"),
        ({"minuten": "viele"}, "minuten"),
        ({"menge-1": "viele"}, "zeilen"),
        ({"menge-1": ""}, "zeilen"),
        ({"menge-1": "x"}, "zeilen"),
        ({"nummer-1": "GIBTES-NICHT"}, "zeilen"),
        ({"nummer-1": ""}, "zeilen"),
        ({"nummer-2": MONITOR, "menge-2": "-1"}, "zeilen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    portal: Portal, session: Session, world: World, changes: dict[str, str], field: str
) -> None:
    portal.clock.pass_by(days=3)

    answer = portal.signed_in(world.it).post("/ausfall/erfassen", fields(**changes))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert session.scalars(select(CallOff)).all() == []


@SQLITE
def test_forms_are_printed_one_to_fifty_at_a_time(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    refused = [
        browser.post("/ausfall/formulare", {"anzahl": many}).status_code
        for many in ("", "0", "51", "-1", "viele", "9" * 5000, "٣")
    ]
    printed = browser.post("/ausfall/formulare", {"anzahl": "2"})

    assert refused == [422] * 7
    assert printed.status_code == 303
    assert f"{FORM} bis N-15001000-0002 (PDF)" in browser.page("/ausfall")
    assert session.scalars(select(CallOff)).all() == []
