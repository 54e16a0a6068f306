"""§ 132 GWB: what raises a ceiling and by how much; nothing else does."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.frameworks.agreement_records import FrameworkChange, FrameworkDocument
from app.frameworks.amending.amend_ceiling import CeilingWish, amend_ceiling
from app.frameworks.amending.ceiling_room import CeilingRoom, ceiling_room
from app.frameworks.amending.change_framework import LotTerms, Terms, change_framework
from app.frameworks.amending.resolution import Paper
from app.frameworks.amendment_limits import (
    Amendment,
    AmendmentBasis,
    AmendmentKind,
    Ceiling,
    amendment_errors,
    minor_left,
)
from app.frameworks.drawing.draw import Draw, open_with
from app.frameworks.queries import framework
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import Conflict, Malformed
from app.kernel.money import Money
from tests.frameworks.agreements import NUMBER, PDF, decided
from tests.support.clock import NOON, TODAY
from tests.support.world import NOTEBOOK, World, lot_of, settled

MILLION = Money.euros("1000000")
THRESHOLD = Money.euros("216000")
MINOR = AmendmentBasis.MINOR


@pytest.fixture
def world(session: Session) -> World:
    made = settled(session)
    session.commit()
    return made


def codes(change: str, basis: AmendmentBasis, before: str = "0", **facts: Any) -> list[str]:
    ceiling = Ceiling(MILLION, Money.euros(before), Money.euros(change), **facts)
    amendment = Amendment(
        basis, Money.euros(before), THRESHOLD, notice="123456-2026", character_unchanged=True
    )
    return [error.code for error in amendment_errors(ceiling, amendment)]


LIMITS = [
    ("a tenth", "100000", MINOR, "0", []),
    ("a cent above a tenth", "100000.01", MINOR, "0", ["above_10_percent"]),
    ("a tenth in all", "40000", MINOR, "60000", []),
    ("above a tenth in all", "40000.01", MINOR, "60000", ["above_10_percent"]),
    ("half", "500000", AmendmentBasis.ADDITIONAL, "0", []),
    ("half again", "500000", AmendmentBasis.UNFORESEEN, "500000", []),
    ("a cent above half", "500000.01", AmendmentBasis.ADDITIONAL, "0", ["above_50_percent"]),
    ("a clause has no percentage", "900000", AmendmentBasis.REVIEW_CLAUSE, "0", []),
    ("no raise by insubstance", "1", AmendmentBasis.INSUBSTANTIAL, "0", ["basis_does_not_raise"]),
    ("lowering needs no basis", "-1", AmendmentBasis.INSUBSTANTIAL, "0", []),
]


@pytest.mark.parametrize(
    ("change", "basis", "before", "expected"),
    [case[1:] for case in LIMITS],
    ids=[case[0] for case in LIMITS],
)
def test_the_limits_hold_to_the_cent(
    change: str, basis: AmendmentBasis, before: str, expected: list[str]
) -> None:
    assert codes(change, basis, before) == expected


def test_minor_raises_of_all_lots_stay_below_the_threshold() -> None:
    ceiling = Ceiling(Money.euros("9000000"), Money(0), Money.euros("200000"))
    amendment = Amendment(MINOR, Money.euros("16000.01"), THRESHOLD, character_unchanged=True)

    errors = list(amendment_errors(ceiling, amendment))

    assert [error.code for error in errors] == ["above_threshold"]
    assert "216.000,01" in errors[0].text


def test_what_minor_raises_leave_is_bound_by_the_threshold_of_all_lots() -> None:
    thousand = Money.euros("1000")

    assert minor_left(MILLION, Money.euros(0), THRESHOLD, THRESHOLD) == Money.euros(0)
    assert minor_left(MILLION, Money.euros(0), THRESHOLD - thousand, THRESHOLD) == thousand


def test_pieces_are_limited_like_euros() -> None:
    facts: dict[str, Any] = {"original_quantity": 1000, "minor_quantity_before": 60}

    assert codes("0", MINOR, quantity_change=40, **facts) == []
    assert codes("0", MINOR, quantity_change=41, **facts) == ["above_10_percent"]


def test_additional_supplies_are_published() -> None:
    ceiling = Ceiling(MILLION, Money(0), Money(1))
    amendment = Amendment(AmendmentBasis.ADDITIONAL, Money(0), THRESHOLD)

    errors = list(amendment_errors(ceiling, amendment))

    assert [(error.field, error.code) for error in errors] == [("notice", "missing")]


def raised(session: Session, world: World, value: str, **changes: Any) -> None:
    facts: dict[str, Any] = {
        "lot_number": 1,
        "value": Money.euros(value),
        "quantity": None,
        "basis": MINOR,
        "character_unchanged": True,
    }
    wish = CeilingWish(**(facts | changes))
    amend_ceiling(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.commit()


def test_minor_raises_are_summed_over_time(session: Session, world: World) -> None:
    raised(session, world, "1060000")
    room = ceiling_room(session, framework(session, NUMBER), TODAY)[0]
    with pytest.raises(Malformed) as wrong:
        raised(session, world, "1100000.01")
    session.rollback()
    raised(session, world, "1100000")

    sums = ("1000000", "60000", "40000", "500000")
    assert room == CeilingRoom("Los 1", *(Money.euros(euros) for euros in sums))
    assert [error.code for error in wrong.value.errors] == ["above_10_percent"]
    assert "frei sind noch 40.000,00" in wrong.value.errors[0].text
    assert lot_of(session, NOTEBOOK).maximum_value == Money.euros("1100000")
    changes = session.scalars(select(FrameworkChange).order_by(FrameworkChange.id)).all()
    assert [change.value_change for change in changes] == [
        Money.euros("60000"),
        Money.euros("40000"),
    ]


def test_lowering_one_measure_hides_no_minor_raise_of_the_other(
    session: Session, world: World
) -> None:
    """A cent less and a tenth more pieces, again and again, would be a ceiling without end."""
    raised(session, world, "1000000", quantity=100, basis=AmendmentBasis.INSUBSTANTIAL)
    raised(session, world, "999999.99", quantity=110)

    with pytest.raises(Malformed) as pieces:
        raised(session, world, "999999.98", quantity=111)
    session.rollback()
    raised(session, world, "1099999.99", quantity=105)
    with pytest.raises(Malformed) as euros:
        raised(session, world, "1100000", quantity=105)
    session.rollback()

    assert [(error.field, error.code) for error in pieces.value.errors] == [
        ("quantity", "above_10_percent")
    ]
    assert [(error.field, error.code) for error in euros.value.errors] == [
        ("value", "above_10_percent")
    ]
    assert lot_of(session, NOTEBOOK).maximum_quantity == 105


def test_a_raise_is_dated_reasoned_and_documented(session: Session, world: World) -> None:
    raised(session, world, "1050000")

    change = session.scalars(select(FrameworkChange)).one()
    paper = session.get_one(FrameworkDocument, change.document_id)
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject == NUMBER)).one()
    assert (change.kind, change.basis) == (AmendmentKind.CEILING, MINOR)
    assert (change.effective_on, change.decided_by) == (TODAY, "Vorstand")
    assert change.reason == "Mehrbedarf der Schulen"
    assert change.what == ("Los 1, Höchstwert: 1.000.000,00\u00a0€ → 1.050.000,00\u00a0€")
    assert (paper.title, paper.open_to_members) == ("Beschluss", False)
    assert event.action == "framework.changed"


def test_a_raise_that_takes_effect_later_does_not_hold_today(
    session: Session, world: World
) -> None:
    lot = lot_of(session, NOTEBOOK)
    wish = CeilingWish(lot.number, Money.euros("1050000"), None, MINOR, character_unchanged=True)
    later = decided(effective_on=TODAY + timedelta(days=1))

    with pytest.raises(Malformed) as wrong:
        amend_ceiling(session, world.contracts.id, NUMBER, wish, later, NOON)
    session.rollback()

    assert [error.code for error in wrong.value.errors] == ["in_future"]
    assert lot_of(session, NOTEBOOK).maximum_value == MILLION
    assert session.scalars(select(FrameworkChange)).all() == []


@pytest.mark.usefixtures("world")
def test_a_lot_is_as_full_as_the_scarcer_of_value_and_pieces(session: Session) -> None:
    lot = lot_of(session, NOTEBOOK)
    assert lot.used_percent == 0
    lot.maximum_quantity = 8
    open_with(session, [Draw(lot.id, Money.euros("500000"), 7)], "Anfangsbestand", NOON)
    session.commit()

    assert lot_of(session, NOTEBOOK).used_percent == 87
    assert framework(session, NUMBER).used_percent == 87


def test_a_ceiling_never_falls_below_what_is_drawn(session: Session, world: World) -> None:
    lot = lot_of(session, NOTEBOOK)
    open_with(session, [Draw(lot.id, Money.euros("5000"), 5)], "Anfangsbestand", NOON)
    session.commit()

    with pytest.raises(Malformed) as wrong:
        raised(session, world, "4999.99", basis=AmendmentBasis.INSUBSTANTIAL)
    session.rollback()
    raised(session, world, "5000", basis=AmendmentBasis.INSUBSTANTIAL)

    assert [error.code for error in wrong.value.errors] == ["below_drawn"]
    assert lot_of(session, NOTEBOOK).maximum_value == Money.euros("5000")


def test_an_agreed_quantity_cannot_be_dropped(session: Session, world: World) -> None:
    raised(session, world, "1000000", quantity=100, basis=AmendmentBasis.INSUBSTANTIAL)

    with pytest.raises(Malformed) as wrong:
        raised(session, world, "1000000", quantity=None)
    session.rollback()

    assert [error.code for error in wrong.value.errors] == ["dropped"]
    assert lot_of(session, NOTEBOOK).maximum_quantity == 100


def test_the_total_over_all_lots_is_amended_the_same_way(session: Session, world: World) -> None:
    raised(session, world, "1500000", lot_number=None, basis=AmendmentBasis.INSUBSTANTIAL)

    with pytest.raises(Malformed) as wrong:
        raised(session, world, "1650000.01", lot_number=None)
    session.rollback()
    raised(session, world, "1650000", lot_number=None)

    assert [error.code for error in wrong.value.errors] == ["above_10_percent"]
    session.refresh(world.framework)
    assert world.framework.maximum_value == Money.euros("1650000")


def test_without_organ_reason_and_paper_nothing_is_amended(session: Session, world: World) -> None:
    by = decided(decided_by="", reason="", paper=Paper("", date(2027, 1, 1), "x", b"kein Beleg"))
    wish = CeilingWish(1, Money.euros("1050000"), None, MINOR, character_unchanged=True)

    with pytest.raises(Malformed) as wrong:
        amend_ceiling(session, world.contracts.id, NUMBER, wish, by, NOON)
    session.rollback()

    assert [error.field for error in wrong.value.errors] == [
        "decided_by",
        "reason",
        "paper_title",
        "paper_dated",
        "file",
    ]
    assert lot_of(session, NOTEBOOK).maximum_value == MILLION
    assert session.scalars(select(FrameworkChange)).all() == []


def test_who_saw_an_older_agreement_amends_nothing(session: Session, world: World) -> None:
    wish = CeilingWish(1, Money.euros("1050000"), None, MINOR, character_unchanged=True)

    with pytest.raises(Conflict) as stale:
        amend_ceiling(session, world.contracts.id, NUMBER, wish, decided(), NOON, seen=7)

    assert stale.value.code == "stale_version"


def test_the_change_log_cannot_be_edited(session: Session, world: World) -> None:
    raised(session, world, "1050000")

    with pytest.raises(DatabaseError):
        session.execute(text("UPDATE framework_change SET reason = 'anders'"))


def terms(world: World, **changes: Any) -> Terms:
    framework = world.framework
    facts: dict[str, Any] = {
        "title": framework.title,
        "valid_from": framework.valid_from,
        "valid_to": framework.valid_to,
        "delivery_days": framework.delivery_days,
        "note": framework.note,
        "lots": {1: LotTerms("Notebooks"), 2: LotTerms("Monitore")},
        "procedure_type": "Offenes Verfahren",
        "notice_id": "2025/S 210-123456",
        "award_date": framework.award_date,
    }
    return Terms(**(facts | changes))


def test_editing_says_what_it_changed(session: Session, world: World) -> None:
    wanted = terms(
        world,
        delivery_days=7,
        minimum_order_value=Money.euros("500"),
        lots={1: LotTerms("Notebooks und Tablets", Money.euros("100")), 2: LotTerms("Monitore")},
    )

    change_framework(session, world.contracts.id, NUMBER, wanted, "Schreiben vom 12.10.", NOON)
    session.commit()

    change = session.scalars(select(FrameworkChange)).one()
    assert change.what == (
        "Lieferzeit in Arbeitstagen: 10 → 7; "
        "Mindestbestellwert: ohne Angabe → 500,00\u00a0€; "
        "Los 1, Titel: Notebooks → Notebooks und Tablets; "
        "Los 1, Mindestbestellwert: ohne Angabe → 100,00\u00a0€"
    )
    assert world.framework.version == 2


def test_editing_does_not_extend_the_term(session: Session, world: World) -> None:
    wanted = terms(world, valid_to=date(2028, 1, 1))

    with pytest.raises(Malformed) as wrong:
        change_framework(session, world.contracts.id, NUMBER, wanted, "Bedarf", NOON)

    assert [error.code for error in wrong.value.errors] == ["extension_needed"]


def test_an_earlier_beginning_makes_no_term_over_four_years_without_a_reason(
    session: Session, world: World
) -> None:
    """The reason may come later than the agreement; without it an option leads nowhere."""
    early = date(2023, 12, 31)

    def change(**facts: Any) -> None:
        wish = terms(world, **facts)
        change_framework(session, world.contracts.id, NUMBER, wish, "Vertrag S. 2", NOON)
        session.commit()

    with pytest.raises(Malformed) as wrong:
        change(valid_from=early)
    session.rollback()
    assert [error.field for error in wrong.value.errors] == ["term_exception_reason"]
    assert session.scalars(select(FrameworkChange)).all() == []
    change(valid_from=date(2024, 1, 1))
    change(valid_from=early, term_exception_reason="Abschreibung über sechs Jahre")
    with pytest.raises(Malformed):
        change(valid_from=early)
    session.rollback()

    session.refresh(world.framework)
    assert world.framework.term_exception_reason == "Abschreibung über sechs Jahre"
    said = session.scalars(select(FrameworkChange.what).order_by(FrameworkChange.id)).all()
    assert said[1].endswith(
        "Begründung einer Laufzeit über vier Jahre: ohne Angabe → Abschreibung über sechs Jahre"
    )


def test_the_mode_is_fixed_once_something_was_called_off(session: Session, world: World) -> None:
    lot = lot_of(session, NOTEBOOK)
    open_with(session, [Draw(lot.id, Money.euros("1"), 1)], "Anfangsbestand", NOON)
    session.commit()
    wanted = terms(world, call_off_mode=CallOffMode.CASCADE)

    with pytest.raises(Malformed) as wrong:
        change_framework(session, world.contracts.id, NUMBER, wanted, "Bedarf", NOON)

    assert [error.code for error in wrong.value.errors] == ["fixed"]


def test_a_file_that_is_no_paper_is_refused(session: Session, world: World) -> None:
    paper = Paper("Beschluss", TODAY, "beschluss.pdf", b"MZ" + PDF)
    wish = CeilingWish(1, Money.euros("1050000"), None, MINOR, character_unchanged=True)

    with pytest.raises(Malformed) as wrong:
        amend_ceiling(session, world.contracts.id, NUMBER, wish, decided(paper=paper), NOON)

    assert [error.code for error in wrong.value.errors] == ["file_refused"]
