"""Keeping agreements in the browser: every form, its refusals, and who may see what."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import (
    ExtensionOption,
    FrameworkChange,
    FrameworkDocument,
    FrameworkSupplier,
)
from app.frameworks.records import Framework, Lot, PartyRule
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.money import Money
from tests.frameworks.agreements import NUMBER, PDF, decision_form, handed
from tests.support.application import Portal
from tests.support.orders import placed, ready
from tests.support.world import NOTEBOOK, World, lot_of

HERE = f"/rahmenvertraege/{NUMBER}"
NEW = {
    "number": "rv-2027-01",
    "title": "Server",
    "award_model": "intermediary",
    "contracting_entity": "Rechenzentrum GmbH",
    "supplier_name": "Saale GmbH",
    "supplier_vat_id": "",
    "call_off_mode": "cascade",
    "procedure_type": "Offenes Verfahren",
    "notice_id": "111-2026",
    "award_date": "2026-11-01",
    "valid_from": "2026-12-01",
    "valid_to": "2030-11-30",
    "term_exception_reason": "",
}


@pytest.fixture
def world(session: Session) -> World:
    made = ready(session)
    session.commit()
    return made


def one(session: Session, record: type[Any]) -> Any:
    session.rollback()
    return session.scalars(select(record)).one()


def test_from_award_to_lot_suppliers_and_paper(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.contracts)

    made = browser.post("/rahmenvertraege/neu", NEW)
    there = made.headers["location"]
    fresh = browser.page(there)
    assert "Bis zum ersten Abruf" in fresh
    assert "Bedingungen der Lose" not in fresh
    lot = {
        "title": "Server",
        "maximum_value": "250.000,00",
        "cpv": "48820000",
        "reason": "Ziffer 1",
    }
    assert browser.post(f"{there}/los", lot).status_code == 303
    for rank, name in enumerate(("Elbe GmbH", "Saale GmbH"), 1):
        supplier = {"name": name, "rank": str(rank), "reason": "Zuschlag"}
        assert browser.post(f"{there}/auftragnehmer", supplier).status_code == 303
    paper = {"paper_title": "Zuschlag", "paper_dated": "2026-11-01", "open_to_members": "1"}
    assert browser.post(f"{there}/dokument", paper, files=handed()).status_code == 303

    assert there == "/rahmenvertraege/RV-2027-01"
    page = portal.signed_in(world.it).page(there)
    assert "Bis zum ersten Abruf" not in page
    for words in ("CPV", "48820000", "Kaskade nach Rang", "Elbe GmbH", "Zuschlag (PDF)"):
        assert words in page
    log = browser.page(f"{there}/aenderungen")
    assert "Rahmenvertrag RV-2027-01 angelegt" in log
    assert "Los 1 Server, Höchstwert 250.000,00" in log


def test_a_new_agreement_with_wrong_fields_is_shown_again(
    portal: Portal, session: Session, world: World
) -> None:
    answer = portal.signed_in(world.contracts).post(
        "/rahmenvertraege/neu", NEW | {"number": "x", "valid_to": "2031-12-01"}
    )

    assert answer.status_code == 422
    assert "Die Nummer hat Großbuchstaben" in answer.text
    assert "Länger als vier Jahre" in answer.text
    assert one(session, Framework).number == NUMBER


def test_an_empty_amendment_names_everything_that_is_missing_in_the_order_of_the_form(
    portal: Portal, world: World
) -> None:
    browser = portal.signed_in(world.contracts)

    answer = browser.post(f"{HERE}/hoechstwert", {})

    assert answer.status_code == 422
    assert re.findall(r'<a href="#(\w+)">', answer.text.partition("errsum")[2]) == [
        "lot",
        "value",
        "basis",
        "effective_on",
        "paper_dated",
        "decided_by",
        "reason",
        "paper_title",
        "file",
    ]


def test_a_ceiling_is_raised_with_its_decision(
    portal: Portal, session: Session, world: World
) -> None:
    form = {"lot": "1", "value": "1.050.000,00", "basis": "minor", "character": "1"}

    browser = portal.signed_in(world.contracts)
    answer = browser.post(f"{HERE}/hoechstwert", decision_form(**form), files=handed())

    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}/aenderungen")
    assert lot_of(session, NOTEBOOK).maximum_value == Money.euros("1050000")
    page = browser.page(f"{HERE}/aenderungen")
    assert "Geringfügige Änderung, § 132 Abs. 3 GWB" in page
    assert "Entschieden: Vorstand" in page
    assert "Spielraum nach § 132 GWB" in browser.page(f"{HERE}/hoechstwert")


def test_too_much_of_a_raise_is_refused_at_the_field(
    portal: Portal, session: Session, world: World
) -> None:
    form = {"lot": "1", "value": "1.100.000,01", "basis": "minor", "character": "1"}

    browser = portal.signed_in(world.contracts)
    answer = browser.post(f"{HERE}/hoechstwert", decision_form(**form), files=handed())

    assert answer.status_code == 422
    assert 'id="value-fehler"' in answer.text
    assert "zusammen höchstens 10\u00a0%" in answer.text or "zusammen höchstens 10 %" in answer.text
    assert 'value="1.100.000,01"' in answer.text
    assert lot_of(session, NOTEBOOK).maximum_value == Money.euros("1000000")


def test_a_price_rule_follows_an_index_on_record(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.contracts)
    value = {"index_name": "Erzeugerpreise", "month": "2026-09", "value": "117,3", "source": "Amt"}
    assert browser.post(f"{HERE}/index", value).status_code == 303
    rule = {
        "kind": "index",
        "index_name": "Erzeugerpreise",
        "base_month": "2026-09",
        "threshold": "3",
        "cap": "5",
        "basis": "review_clause",
    }

    answer = browser.post(f"{HERE}/preisregel", decision_form(**rule), files=handed())

    assert answer.status_code == 303
    assert "Erzeugerpreise, Basis September 2026" in browser.page(HERE)
    assert "117,30" in browser.page(f"{HERE}/index")


def test_an_option_is_recorded_and_exercised(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.contracts)
    option = {"months": "12", "notice_by": "2027-06-30", "reason": "Ziffer 4.2"}
    assert browser.post(f"{HERE}/option", option).status_code == 303
    assert "Zu erklären bis" in browser.page(f"{HERE}/verlaengerung/1")

    empty = browser.post(f"{HERE}/verlaengerung/1", {})
    assert empty.status_code == 422
    for sentence in ("ob die Option ausgeübt wird", "ein Datum an", "eine Datei als PDF"):
        assert sentence in empty.text
    for missing in ("decided_by", "reason", "paper_title"):
        answer = browser.post(
            f"{HERE}/verlaengerung/1", decision_form(**{missing: ""}), files=handed()
        )
        assert answer.status_code == 422
        assert f'href="#{missing}"' in answer.text
        assert 'href="#decision"' in answer.text
    undecided = browser.post(f"{HERE}/verlaengerung/1", decision_form(), files=handed())
    exercised = browser.post(
        f"{HERE}/verlaengerung/1", decision_form(decision="exercise"), files=handed()
    )

    assert (undecided.status_code, exercised.status_code) == (422, 303)
    assert one(session, ExtensionOption).exercised is True
    assert "31.12.2028" in portal.signed_in(world.it).page(HERE)
    assert browser.get(f"{HERE}/verlaengerung/2").status_code == 404
    decided = browser.get(f"{HERE}/verlaengerung/1")
    assert (decided.status_code, decided.headers["location"]) == (303, f"{HERE}/aenderungen")


def test_parties_are_named_by_class(portal: Portal, session: Session, world: World) -> None:
    form = {"party_rule": "listed", "kind_landkreis": "1", "districts": "15003"}

    answer = portal.signed_in(world.contracts).post(
        f"{HERE}/abrufberechtigte", decision_form(**form), files=handed()
    )

    assert answer.status_code == 303
    framework = one(session, Framework)
    assert framework.party_rule is PartyRule.LISTED
    assert (framework.party_kinds, framework.party_districts) == ("landkreis", "15003")


def test_a_supplier_is_replaced_on_a_page(portal: Portal, session: Session, world: World) -> None:
    form = {"name": "Neue Elbe AG", "ground": "succession", "suitable": "1"}

    browser = portal.signed_in(world.contracts)
    no_mail = decision_form(**form, mail="kein")
    refused = browser.post(f"{HERE}/auftragnehmerwechsel", no_mail, files=handed())
    answer = browser.post(f"{HERE}/auftragnehmerwechsel", decision_form(**form), files=handed())

    assert (refused.status_code, answer.status_code) == (422, 303)
    assert "Bitte geben Sie eine E-Mail-Adresse an." in refused.text
    session.rollback()
    names = session.scalars(select(FrameworkSupplier.name).order_by(FrameworkSupplier.id)).all()
    assert names == ["Systemhaus Elbe GmbH", "Neue Elbe AG"]


def test_a_return_shows_beside_the_orders(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.contracts)
    form = {"month": "2026-10", "declared": "0,00", "note": "Fehlanzeige"}

    assert browser.post(f"{HERE}/meldungen", form).status_code == 303

    page = browser.page(f"{HERE}/meldungen")
    assert "Fehlanzeige" in page
    assert "überfällig" in page


def test_a_successor_is_shown_to_members(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.contracts)
    browser.post("/rahmenvertraege/neu", NEW)
    form = {"successor": "RV-2027-01", "hand_over_on": "2027-01-01", "reason": "Neuvergabe"}

    assert browser.post(f"{HERE}/nachfolger", form).status_code == 303

    page = portal.signed_in(world.it).page(HERE)
    assert "Nachfolgevertrag" in page
    assert "/rahmenvertraege/RV-2027-01" in page


def test_members_read_only_the_papers_that_are_open_to_them(
    portal: Portal, session: Session, world: World
) -> None:
    keeper = portal.signed_in(world.contracts)
    for title, more in (("Vertraulich", {}), ("Offen", {"open_to_members": "1"})):
        paper = {"paper_title": title, "paper_dated": "2026-11-01", **more}
        keeper.post(f"{HERE}/dokument", paper, files=handed())
    session.rollback()
    closed, shown = session.scalars(
        select(FrameworkDocument.id).order_by(FrameworkDocument.id)
    ).all()

    member = portal.signed_in(world.it)
    page = member.page(HERE)

    assert "Offen (PDF)" in page
    assert "Vertraulich" not in page
    assert member.get(f"{HERE}/dokumente/{closed}").status_code == 404
    assert member.get(f"{HERE}/dokumente/{shown}").content == PDF
    assert keeper.get(f"{HERE}/dokumente/{closed}").content == PDF
    assert portal.signed_in(world.auditor).get(f"{HERE}/dokumente/{closed}").content == PDF


FORMS = [
    "hoechstwert",
    "preisregel",
    "option",
    "abrufberechtigte",
    "auftragnehmer",
    "auftragnehmerwechsel",
    "los",
    "dokument",
    "nachfolger",
    "meldungen",
    "index",
]
NONSENSE = {
    "lot": "gestern",
    "value": "viel",
    "quantity": "-3",
    "basis": "keine",
    "kind": "x",
    "fixed_until": "morgen",
    "months": "999",
    "notice_by": "31.12.",
    "party_rule": "?",
    "rank": "0",
    "share": "²",
    "maximum_value": "1e9",
    "open_percent": "26",
    "month": "2026-13",
    "declared": "9" * 30,
    "effective_on": "nie",
    "paper_dated": "0000-00-00",
    "hand_over_on": "",
}


@pytest.mark.parametrize("form", FORMS)
def test_nonsense_is_answered_at_the_fields_and_changes_nothing(
    portal: Portal, session: Session, world: World, form: str
) -> None:
    browser = portal.signed_in(world.contracts)
    assert browser.get(f"{HERE}/{form}").status_code == 200

    answer = browser.post(f"{HERE}/{form}", NONSENSE, files=handed(b"kein PDF"))

    assert answer.status_code == 422
    assert "-fehler" in answer.text
    assert one(session, Framework).version == 1
    assert session.scalars(select(FrameworkChange)).all() == []
    assert len(session.scalars(select(Lot)).all()) == 2


def test_a_word_that_is_too_long_is_refused_and_never_cut(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.contracts)
    sent = decision_form(
        decided_by="V" * 161,
        lot="1",
        value="1.050.000,00",
        basis="minor",
        character="1",
    )

    answer = browser.post(f"{HERE}/hoechstwert", sent, files=handed())

    assert answer.status_code == 422
    assert "Bitte höchstens 160 Zeichen." in answer.text
    assert session.scalars(select(FrameworkChange)).all() == []


def test_the_desk_passes_a_call_off_to_the_next_supplier(
    portal: Portal, session: Session, world: World
) -> None:
    keeper = portal.signed_in(world.contracts)
    for rank, name in enumerate(("Elbe GmbH", "Saale GmbH"), 1):
        supplier = {"name": name, "rank": str(rank), "reason": "Zuschlag"}
        keeper.post(f"{HERE}/auftragnehmer", supplier)
    one(session, Framework).call_off_mode = CallOffMode.CASCADE
    number = placed(session, world, {NOTEBOOK: 1})
    lot = str(lot_of(session, NOTEBOOK).id)
    session.commit()
    desk, there = portal.signed_in(world.desk), f"/abwicklung/{number}/auftragnehmer"
    assert "Rang 1 der Kaskade" in desk.page(there)
    assert "Elbe GmbH" in portal.signed_in(world.it).page(f"/abrufe/{number}")

    without = desk.post(there, {"lot": lot, "event": "declined", "reason": ""})
    passed = desk.post(there, {"lot": lot, "event": "declined", "reason": "Engpass"})

    assert (without.status_code, passed.status_code) == (422, 303)
    assert "Bitte nennen Sie den Grund." in without.text
    assert "nachdem Rang 1 Elbe GmbH ausschied" in desk.page(there)
    desk.post(there, {"lot": lot, "event": "declined", "reason": "Engpass"})
    assert "Kein weiterer Auftragnehmer" in desk.page(there)
    assert desk.post(there, {"lot": "x", "event": "declined", "reason": "y"}).status_code == 422


def test_an_order_without_a_supplier_says_why(
    portal: Portal, session: Session, world: World
) -> None:
    one(session, Framework).call_off_mode = CallOffMode.CASCADE
    session.commit()
    order = {
        "lines": [{"sku": NOTEBOOK, "quantity": 1}],
        "purpose": "Probe",
        "product_account": "1.1.1.04.525500",
    }

    refused = portal.api(world.it).post("/api/v1/call-offs", order, key="1")

    assert refused.status_code == 409
    assert "Für dieses Los steht heute kein Auftragnehmer bereit." in refused.json()["detail"]
