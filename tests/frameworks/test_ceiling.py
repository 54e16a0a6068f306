"""Drawing on a lot: to the cent, to the piece, and never above, not even by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from app.frameworks.drawing.draw import (
    Draw,
    Reserved,
    book_reservation,
    call_off,
    give_back,
    open_with,
    release,
    reserve,
)
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.records import CeilingMovement, Lot
from app.kernel.money import Money
from tests.support.clock import NOON, TODAY
from tests.support.world import MONITOR, NOTEBOOK, lot_of, settled


@pytest.fixture
def lot(session: Session) -> Lot:
    settled(session)
    found = lot_of(session, NOTEBOOK)
    found.maximum_value = Money.euros("1000.00")
    found.maximum_quantity = 10
    session.commit()
    return found


def columns(session: Session) -> tuple[int, int, int, int]:
    session.rollback()
    found = lot_of(session, NOTEBOOK)
    return (
        found.reserved_value.cents,
        found.called_off_value.cents,
        found.reserved_quantity,
        found.called_off_quantity,
    )


def test_the_ceiling_holds_to_the_cent(session: Session, lot: Lot) -> None:
    exact = [Draw(lot.id, Money.euros("1000.00"), 1)]
    above = [Draw(lot.id, Money.euros("1000.01"), 1)]

    refused = reserve(session, above, TODAY)
    session.rollback()

    assert isinstance(refused, NoRoom)
    assert (refused.code, refused.remaining_value) == ("ceiling_reached", Money.euros("1000.00"))
    assert isinstance(reserve(session, exact, TODAY), Reserved)


def test_the_ceiling_holds_to_the_piece(session: Session, lot: Lot) -> None:
    refused = reserve(session, [Draw(lot.id, Money(100), 11)], TODAY)

    assert isinstance(refused, NoRoom)
    assert refused.remaining_quantity == 10


def test_of_several_lots_all_or_none_is_reserved(session: Session, lot: Lot) -> None:
    monitors = lot_of(session, MONITOR)
    draws = [
        Draw(lot.id, Money(100), 1),
        Draw(monitors.id, monitors.maximum_value + Money(1), 1),
    ]

    refused = reserve(session, draws, TODAY)
    session.commit()

    assert isinstance(refused, NoRoom)
    assert refused.lot_id == monitors.id
    assert columns(session) == (0, 0, 0, 0)


def test_after_its_last_day_an_agreement_takes_nothing(session: Session, lot: Lot) -> None:
    refused = reserve(session, [Draw(lot.id, Money(100), 1)], TODAY + timedelta(days=10_000))

    assert isinstance(refused, NoRoom)
    assert refused.code == "framework_not_running"


def test_a_draw_moves_from_reserved_to_called_off_and_back(session: Session, lot: Lot) -> None:
    draws = [Draw(lot.id, Money.euros("400.00"), 4)]

    held = reserve(session, draws, TODAY)
    assert isinstance(held, Reserved)
    book_reservation(session, held, "A-1", NOON)
    session.commit()
    assert columns(session) == (40000, 0, 4, 0)
    call_off(session, draws, "A-1", NOON)
    session.commit()
    assert columns(session) == (0, 40000, 0, 4)
    give_back(session, [Draw(lot.id, Money.euros("100.00"), 1)], "A-1", NOON)
    session.commit()
    assert columns(session) == (0, 30000, 0, 3)
    moves = session.scalars(select(CeilingMovement.move)).all()
    assert [move.value for move in moves] == ["reserve", "call_off", "return"]


def test_more_than_was_reserved_is_never_released(session: Session, lot: Lot) -> None:
    with pytest.raises(IntegrityError):
        release(session, [Draw(lot.id, Money(1), 1)], "A-1", NOON)
    session.rollback()

    assert columns(session) == (0, 0, 0, 0)


def test_what_was_called_off_before_needs_room_too(session: Session, lot: Lot) -> None:
    assert open_with(session, [Draw(lot.id, Money.euros("990.00"), 9)], "Altbestand", NOON) is None
    assert open_with(session, [Draw(lot.id, Money.euros("11.00"), 1)], "zu viel", NOON) is not None


def test_the_database_itself_refuses_to_pass_the_ceiling(session: Session, lot: Lot) -> None:
    with pytest.raises(IntegrityError):
        session.execute(
            text("UPDATE lot SET called_off_value = 100001 WHERE id = :id"), {"id": lot.id}
        )
    session.rollback()

    assert columns(session) == (0, 0, 0, 0)


def test_the_ledger_is_never_edited(session: Session, lot: Lot) -> None:
    book_reservation(session, Reserved((Draw(lot.id, Money(100), 1),)), "A-1", NOON)
    session.commit()

    with pytest.raises(DatabaseError, match="stays as written"):
        session.execute(text("UPDATE ceiling_movement SET subject = 'anders'"))
    session.rollback()
    with pytest.raises(DatabaseError, match="stays as written"):
        session.execute(text("DELETE FROM ceiling_movement"))
