"""Suppliers' monthly returns as tables: each line beside the orders, and reminders when late."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cockpit.rules_returns import Remark, SheetRow, amount_in, judge_return
from app.frameworks.agreement_records import SupplierReturn
from app.frameworks.amending.add_supplier import SupplierWish, add_supplier
from app.frameworks.records import Framework
from app.frameworks.returns.compare_returns import due_months
from app.frameworks.returns.record_return import record_return
from app.frameworks.returns.remind_returns import remind_returns, reminder_round
from app.kernel.money import Money
from app.kernel.month import Month
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import placed, ready
from tests.support.told import mails
from tests.support.world import NOTEBOOK, settled

NUMBER = "RV-2026-01"
OCTOBER = Month(2026, 10)
UPLOAD = f"/cockpit/{NUMBER}/meldung"


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1.234,50 €", 123450),
        ("1234,5", 123450),
        ("1234.50", 123450),
        ("1.234", 123400),
        ("0,00", 0),
        ("−12,30", -1230),
        ("zwölf", None),
        ("1,234.50", None),
        ("12,345", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_write_them(written: str, cents: int | None) -> None:
    assert amount_in(written) == (None if cents is None else Money(cents))


def test_every_line_is_held_against_the_orders_of_the_month() -> None:
    called_off = {"A-1": Money(10000), "A-2": Money(5000), "A-3": Money(700)}
    rows = (
        SheetRow(2, "A-1", "60,00"),
        SheetRow(3, "A-1", "40,00"),
        SheetRow(4, "A-2", "49,00"),
        SheetRow(5, "A-9", "1,00"),
        SheetRow(6, "X-1", "1,00"),
        SheetRow(7, "", "2,00"),
        SheetRow(8, "A-3", "sieben"),
    )

    found = judge_return(rows, called_off, frozenset({"A-1", "A-2", "A-3", "A-9"}))

    assert (found.declared, found.rows) == (Money(15300), 6)
    assert found.remarks == (
        Remark(
            4,
            "A-2",
            "Gemeldet sind 49,00\N{NO-BREAK SPACE}€, "
            "abgerufen wurden 50,00\N{NO-BREAK SPACE}€ netto.",
        ),
        Remark(5, "A-9", "In diesem Monat wurde dieser Abruf nicht beauftragt."),
        Remark(6, "X-1", "Diesen Abruf gibt es in diesem Vertrag nicht."),
        Remark(7, "", "Ohne Abrufnummer: nicht zuzuordnen."),
        Remark(8, "A-3", "„sieben“ ist kein Betrag in Euro. Die Zeile zählt nicht.", counted=False),
        Remark(
            0,
            "A-3",
            "Fehlt in der Meldung: abgerufen wurden 7,00\N{NO-BREAK SPACE}€ netto.",
            counted=False,
        ),
    )


def test_what_was_given_back_after_its_month_is_told_as_cancelled() -> None:
    found = judge_return(
        [SheetRow(2, "A-1", "-10,00")],
        {"A-1": Money(-1100), "A-2": Money(-500)},
        frozenset({"A-1", "A-2"}),
    )

    assert found.declared == Money(-1000)
    assert [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in found.remarks] == [
        "Gemeldet sind −10,00 €, storniert wurden 11,00 € netto aus einem früheren Monat.",
        "Fehlt in der Meldung: storniert wurden 5,00 € netto aus einem früheren Monat.",
    ]


def test_a_month_of_more_credits_than_sales_is_recorded_by_form(portal: Portal) -> None:
    world = ready(portal.session)
    portal.session.execute(update(Framework).values(fee_points=100, valid_from=date(2026, 10, 1)))
    portal.session.commit()
    contracts = portal.signed_in(world.contracts)
    path = f"/rahmenvertraege/{NUMBER}/meldungen"

    wrong = contracts.post(path, {"month": "2026-10", "declared": "--5"})
    assert wrong.status_code == 422
    assert portal.session.scalars(select(SupplierReturn)).all() == []
    contracts.post(path, {"month": "2026-10", "declared": "−1.000,50 €"})

    [said] = portal.session.scalars(select(SupplierReturn))
    assert said.declared == Money.euros("-1000.50")


def test_the_desk_uploads_a_return_and_sees_what_differs(portal: Portal) -> None:
    session = portal.session
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 2}, now=NOON - timedelta(days=30))
    session.commit()
    desk = portal.signed_in(world.desk)

    for content, sentence in (
        (b"", "Bitte wählen Sie die Tabelle aus."),
        (b"Artikel;Menge\nA;1\n", "Die Tabelle braucht die Spalten „Abrufnummer“ und „Netto“."),
        (b"Abrufnummer;Netto\nA;viel\n", "Keine Zeile enthält einen lesbaren Betrag."),
        (b"\xd0\xcf\x11\xe0 alt", "Dieses Format wird nicht gelesen."),
    ):
        wrong = desk.post(UPLOAD, {"month": "2026-10"}, files={"file": ("m.csv", content)})
        assert (wrong.status_code, sentence in wrong.text) == (422, True)
    assert session.scalars(select(SupplierReturn)).all() == []

    table = f"Abrufnummer;Netto\n{number};1.500,00\nK-99;10,00\n".encode()
    sent = desk.post(UPLOAD, {"month": "2026-10"}, files={"file": ("oktober.csv", table)})

    page = desk.get(sent.headers["location"]).text
    assert "Gemeldet sind 1.500,00" in page
    assert "Diesen Abruf gibt es in diesem Vertrag nicht." in page
    remarks = desk.get(f"{sent.headers['location']}/hinweise.csv").text
    assert f"2;{number};Gemeldet sind 1.500,00" in remarks
    [said] = session.scalars(select(SupplierReturn))
    assert (said.month, said.declared) == ("2026-10", Money.euros("1510.00"))
    assert desk.get("/cockpit/RV-2026-02/meldung/1").status_code == 404


@pytest.mark.parametrize(
    ("today", "count"),
    [
        (date(2026, 11, 15), 0),
        (date(2026, 11, 16), 1),
        (date(2026, 11, 29), 1),
        (date(2026, 11, 30), 2),
        (date(2027, 11, 30), 6),
    ],
)
def test_a_late_return_is_reminded_of_every_two_weeks(today: date, count: int) -> None:
    assert reminder_round(OCTOBER, today) == count


def test_supplier_and_contracts_are_reminded_once_until_the_return_is_there(
    session: Session,
) -> None:
    world = settled(session)
    assert remind_returns(session, NOON) == 0
    session.execute(update(Framework).values(fee_points=100, valid_from=date(2026, 10, 1)))
    wish = SupplierWish(name="Lieferant", rank=1, mail="umsatz@lieferant.example")
    add_supplier(session, world.contracts.id, NUMBER, wish, "Zuschlag", NOON)

    assert [remind_returns(session, NOON) for _ in range(2)] == [1, 1]
    sent = mails(session)
    assert len({mail.recipient for mail in sent}) == len(sent)
    assert {world.contracts.mail, world.desk.mail, wish.mail} == {mail.recipient for mail in sent}
    subject = f"{NUMBER}: Umsatzmeldung für Oktober 2026 fehlt"
    assert all(subject in (mail.subject or "") for mail in sent)

    record_return(session, world.contracts.id, NUMBER, OCTOBER, Money(0), NOON)
    assert remind_returns(session, NOON) == 0


def test_all_that_is_missing_to_an_agreement_is_one_message(session: Session) -> None:
    world = settled(session)
    session.execute(update(Framework).values(fee_points=100, valid_from=date(2026, 8, 1)))

    assert remind_returns(session, NOON) == 3
    sent = mails(session)
    assert len(sent) == len({mail.recipient for mail in sent}) > 0
    assert world.contracts.mail in {mail.recipient for mail in sent}
    assert all(mail.subject == f"{NUMBER}: 3 Umsatzmeldungen fehlen" for mail in sent)

    remind_returns(session, NOON + timedelta(days=1))
    assert len(mails(session)) == len(sent)
    for days in range(2, 15):
        remind_returns(session, NOON + timedelta(days=days))
    assert len(mails(session)) == 2 * len(sent)  # older months have no rhythm of their own


@pytest.mark.parametrize(
    ("today", "last"),
    [
        pytest.param(date(2026, 9, 30), "2026-08", id="the last day"),
        pytest.param(date(2026, 10, 1), "2026-09", id="the day after"),
        pytest.param(date(2026, 11, 21), "2026-09", id="long after"),
    ],
)
def test_the_last_month_of_a_term_is_due_like_the_others(
    session: Session, today: date, last: str
) -> None:
    framework = settled(session).framework
    framework.valid_to = date(2026, 9, 30)

    assert next(due_months(framework, today)).text == last
