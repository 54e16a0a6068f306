"""New agreements, lots with and without a price list, order values, successors and returns."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_page import agreement_page
from app.frameworks.agreement_records import FrameworkDocument
from app.frameworks.amending.add_lot import LotWish, add_lot
from app.frameworks.amending.create_framework import NewFramework, create_framework
from app.frameworks.amending.name_successor import name_successor
from app.frameworks.records import AwardModel, Framework, Lot
from app.frameworks.returns.compare_returns import fee_of, returns_of
from app.frameworks.returns.record_return import record_return
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.kernel.month import Month
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.frameworks.agreements import NUMBER
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, lot_of, settled

OCTOBER = Month(2026, 10)
IN_OCTOBER = datetime(2026, 10, 26, 9, tzinfo=UTC)
HAS = "dieser Abruf hat 379,00\u00a0€."
NEW = NewFramework(
    number="RV-2026-02",
    title="Arbeitsplatz-Hardware ab 2028",
    award_model=AwardModel.INTERMEDIARY,
    contracting_entity="Rechenzentrum GmbH",
    supplier_name="Saale GmbH",
    supplier_vat_id=None,
    procedure_type="Offenes Verfahren",
    notice_id="111-2027",
    award_date=date(2027, 11, 1),
    valid_from=date(2027, 12, 1),
    valid_to=date(2031, 11, 30),
    call_off_mode=CallOffMode.DIRECT,
)


@pytest.fixture
def world(session: Session) -> World:
    made = ready(session)
    session.commit()
    return made


def orders(session: Session, world: World, quantities: dict[str, int]) -> Submitted | Refused:
    to = DeliverTo("IT", "Zerbster Straße 4", "06844", "Dessau-Roßlau")
    wish = Wanted(quantities, "Probe", ACCOUNT, to)
    return submit_call_off(
        session, Actor(world.it.id, world.dessau.id), world.dessau.id, wish, NOON
    )


def test_a_new_agreement_is_open_to_all_members(session: Session, world: World) -> None:
    made = create_framework(session, world.contracts.id, NEW, NOON)
    session.commit()

    page = agreement_page(session, made.number, TODAY, every_paper=True)
    assert (page.parties, page.price_words) == ("alle Mitglieder", "Festpreis")
    assert page.mode_words == "Direktabruf bei einem Auftragnehmer (§ 21 Abs. 3 VgV)"
    assert made.version == 1


WRONG: list[tuple[str, dict[str, Any], list[str]]] = [
    ("a number with blanks", {"number": "RV 1"}, ["number"]),
    ("a number that is taken", {"number": NUMBER}, ["number"]),
    ("without notice", {"notice_id": ""}, ["notice_id"]),
    ("backwards", {"valid_to": date(2027, 11, 30)}, ["valid_to"]),
    ("a day over four years", {"valid_to": date(2031, 12, 1)}, ["term_exception_reason"]),
    ("awarded too late", {"award_date": date(2027, 12, 2)}, ["award_date"]),
]


@pytest.mark.parametrize(
    ("changes", "fields"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_an_agreement_that_breaks_the_rules_is_not_recorded(
    session: Session, world: World, changes: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(Malformed) as wrong:
        create_framework(session, world.contracts.id, replace(NEW, **changes), NOON)
    session.rollback()

    assert [error.field for error in wrong.value.errors] == fields
    assert session.scalars(select(Framework.number)).all() == [NUMBER]


def test_an_open_assortment_is_a_lot_with_a_cap(session: Session, world: World) -> None:
    wish = LotWish("Zubehör außerhalb der Liste", Money(0), open_percent=5)

    lot = add_lot(session, world.contracts.id, NUMBER, wish, "Ziffer 7", NOON)
    session.commit()

    assert (lot.number, lot.open_assortment_percent) == (3, 5)
    assert lot.maximum_value == Money.euros("100000")
    with pytest.raises(Malformed) as twice:
        add_lot(session, world.contracts.id, NUMBER, wish, "Ziffer 7", NOON)
    assert [error.code for error in twice.value.errors] == ["twice"]


def test_after_the_first_call_off_no_lot_is_added(session: Session, world: World) -> None:
    placed(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    with pytest.raises(Malformed) as late:
        add_lot(session, world.contracts.id, NUMBER, LotWish("Drucker", Money(1)), "Ziffer 1", NOON)
    session.rollback()

    assert [error.code for error in late.value.errors] == ["too_late"]
    assert len(session.scalars(select(Lot)).all()) == 2


@pytest.mark.parametrize(
    ("least", "most", "pieces", "text"),
    [
        ("378.99", "379.01", 2, None),
        ("379.00", "379.00", 2, None),
        (
            "379.01",
            None,
            2,
            "Der Mindestbestellwert des Rahmenvertrags ist 379,01\u00a0€ netto, " + HAS,
        ),
        (
            None,
            "378.99",
            2,
            "Der höchste Bestellwert des Rahmenvertrags ist 378,99\u00a0€ netto, " + HAS,
        ),
    ],
    ids=["between", "exact", "a cent too little", "a cent too much"],
)
def test_an_order_keeps_to_the_values_of_the_agreement(
    session: Session,
    world: World,
    least: str | None,
    most: str | None,
    pieces: int,
    text: str | None,
) -> None:
    world.framework.minimum_order_value = None if least is None else Money.euros(least)
    world.framework.maximum_order_value = None if most is None else Money.euros(most)
    session.commit()

    result = orders(session, world, {MONITOR: pieces})

    if text is None:
        assert isinstance(result, Submitted)
        return
    assert isinstance(result, Refused)
    assert result.code == "article_not_orderable"
    assert [(rule.id, rule.text) for rule in result.assessment.failed] == [("F-10", text)]
    assert lot_of(session, MONITOR).reserved_value == Money(0)


def test_each_lot_may_have_values_of_its_own(session: Session, world: World) -> None:
    lot_of(session, MONITOR).minimum_order_value = Money.euros("500")
    session.commit()

    both = orders(session, world, {NOTEBOOK: 1, MONITOR: 2})
    session.rollback()
    one = orders(session, world, {NOTEBOOK: 1})

    assert isinstance(both, Refused)
    assert both.assessment.failed[0].text.startswith("Der Mindestbestellwert von Los 2 ist")
    assert isinstance(one, Submitted)


def test_members_are_led_to_the_successor(session: Session, world: World) -> None:
    following = create_framework(session, world.contracts.id, NEW, NOON)
    day = date(2027, 12, 15)

    name_successor(
        session, world.contracts.id, NUMBER, following.number, day, NOON, reason="Neuvergabe"
    )
    world.framework.valid_to = TODAY - timedelta(days=1)
    session.commit()

    page = agreement_page(session, NUMBER, TODAY, every_paper=False)
    back = agreement_page(session, following.number, TODAY, every_paper=False)
    assert page.successor is not None
    assert (page.successor.number, page.framework.hand_over_on) == ("RV-2026-02", day)
    assert back.predecessor is not None
    assert back.predecessor.number == NUMBER
    refused = orders(session, world, {NOTEBOOK: 1})
    assert isinstance(refused, Refused)
    running = next(rule for rule in refused.assessment.failed if rule.id == "F-02")
    assert running.help.startswith("Nachfolger ist RV-2026-02.")


@pytest.mark.parametrize(
    ("successor", "day", "code"),
    [
        ("RV-GIBT-ES-NICHT", date(2027, 12, 15), "unknown"),
        (NUMBER, date(2027, 1, 1), "circle"),
        ("RV-2026-02", date(2027, 11, 30), "not_running"),
    ],
    ids=["unknown", "itself", "before it runs"],
)
def test_a_successor_that_cannot_follow_is_refused(
    session: Session, world: World, successor: str, day: date, code: str
) -> None:
    create_framework(session, world.contracts.id, NEW, NOON)
    session.commit()

    with pytest.raises(Malformed) as wrong:
        name_successor(session, world.contracts.id, NUMBER, successor, day, NOON, reason="x")

    assert [error.code for error in wrong.value.errors] == [code]


def test_two_agreements_do_not_follow_each_other(session: Session, world: World) -> None:
    following = create_framework(session, world.contracts.id, NEW, NOON).number
    by = world.contracts.id
    name_successor(session, by, NUMBER, following, date(2027, 12, 15), NOON, reason="x")

    with pytest.raises(Malformed) as wrong:
        name_successor(session, by, following, NUMBER, date(2027, 12, 15), NOON, reason="x")

    assert [error.code for error in wrong.value.errors] == ["circle"]


@pytest.mark.parametrize(
    ("declared", "points", "fee"),
    [
        ("1000.00", 150, "15.00"),
        ("0.33", 150, "0.00"),
        ("0.34", 150, "0.01"),
        ("0", 150, "0"),
        ("10.00", 125, "0.13"),
        ("-10.00", 125, "-0.13"),
    ],
    ids=["plain", "rounded down", "rounded up", "nothing sold", "half", "half taken back"],
)
def test_the_fee_is_exact_to_the_cent(declared: str, points: int, fee: str) -> None:
    assert fee_of(Money.euros(declared), points) == Money.euros(fee)


def test_a_return_is_held_against_the_orders_of_its_month(session: Session, world: World) -> None:
    world.framework.fee_points = 100
    placed(session, world, {NOTEBOOK: 1}, now=IN_OCTOBER)
    session.commit()

    def line() -> Any:
        return returns_of(session, world.framework, TODAY)[0]

    missing = line()
    record_return(session, world.contracts.id, NUMBER, OCTOBER, Money.euros("700"), NOON)
    short = line()
    record_return(session, world.contracts.id, NUMBER, OCTOBER, Money.euros("789"), NOON)
    right = line()

    assert (missing.month, missing.called_off) == (OCTOBER, Money.euros("789"))
    assert (missing.declared, missing.overdue) == (None, True)
    assert (short.difference, short.fee) == (Money.euros("89"), Money.euros("7"))
    assert (right.difference, right.fee) == (Money(0), Money.euros("7.89"))


def test_a_month_that_is_not_over_has_no_return(session: Session, world: World) -> None:
    with pytest.raises(Malformed) as wrong:
        record_return(session, world.contracts.id, NUMBER, Month(2026, 11), Money(0), NOON)

    assert [error.code for error in wrong.value.errors] == ["not_over"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\nabgeschnitten", "Die Datei ist unvollst\u00e4ndig."),
        (b"%PDF-1.7\n/Encrypt 1 0 R\n%%EOF\n", "Die PDF-Datei ist verschl\u00fcsselt."),
        (b"%PDF-1.7\n/JavaScript (x)\n%%EOF\n", "enth\u00e4lt ausf\u00fchrbare Teile"),
    ],
    ids=["cut", "locked", "runs programs"],
)
def test_a_paper_that_is_unsafe_is_refused_at_its_field(
    portal: Portal, content: bytes, sentence: str
) -> None:
    world = settled(portal.session)
    sent = {"paper_title": "Zuschlag", "paper_dated": "2026-11-01"}

    answer = portal.signed_in(world.contracts).post(
        f"/rahmenvertraege/{world.framework.number}/dokument",
        sent,
        files={"file": ("z.pdf", content, "application/pdf")},
    )

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert portal.session.scalars(select(FrameworkDocument)).all() == []
