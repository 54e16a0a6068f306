"""Drawing on lots: each step is one conditional UPDATE, the CHECKs have the last word.

An order reserves at submission; placing it turns the reservation into a call-off; rejection and
cancellation release. Lots are always taken in the order of their ids, so nobody waits in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, insert, literal, or_, select, true, update
from sqlalchemy.orm import Session

from app.database.types import MoneyColumn
from app.frameworks.records import CeilingMove, CeilingMovement, Framework, Lot
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Draw:
    """What an order takes from one lot: net value and pieces."""

    lot_id: int
    value: Money
    quantity: int


@dataclass(frozen=True, slots=True)
class NoRoom:
    """A lot cannot take this order; what is left of it stands beside the reason."""

    lot_id: int
    lot_number: int
    lot_title: str
    running: bool
    remaining_value: Money
    remaining_quantity: int | None

    @property
    def code(self) -> str:
        return "ceiling_reached" if self.running else "framework_not_running"


@dataclass(frozen=True, slots=True)
class _Step:
    """How one kind of move changes the two pairs of columns."""

    move: CeilingMove
    reserved: int
    called_off: int


RESERVE = _Step(CeilingMove.RESERVE, reserved=1, called_off=0)
CALL_OFF = _Step(CeilingMove.CALL_OFF, reserved=-1, called_off=1)
RELEASE = _Step(CeilingMove.RELEASE, reserved=-1, called_off=0)
RETURN = _Step(CeilingMove.RETURN, reserved=0, called_off=-1)
OPENING = _Step(CeilingMove.OPENING, reserved=0, called_off=1)


def reserve(
    session: Session, draws: Sequence[Draw], subject: str, now: datetime, on: date
) -> NoRoom | None:
    """Reserve all or tell the first lot without room; then the caller rolls back a savepoint."""
    for draw in _in_order(draws):
        if not _take(session, draw, RESERVE, and_(_has_room(draw), _runs_on(on))):
            return _no_room(session, draw.lot_id, on)
    _write_down(session, draws, RESERVE, subject, now)
    return None


def call_off(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Turn a reservation into a call-off: the sum of both does not change."""
    _all(session, draws, CALL_OFF, subject, now)


def release(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Give a reservation back."""
    _all(session, draws, RELEASE, subject, now)


def give_back(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Return the undelivered part of a placed order to the ceiling."""
    _all(session, draws, RETURN, subject, now)


def open_with(session: Session, draws: Sequence[Draw], reason: str, now: datetime) -> NoRoom | None:
    """What was called off before this portal kept the books; needs room like any call-off."""
    for draw in _in_order(draws):
        if not _take(session, draw, OPENING, _has_room(draw)):
            return _no_room(session, draw.lot_id, None)
    _write_down(session, draws, OPENING, reason, now)
    return None


def _all(session: Session, draws: Sequence[Draw], step: _Step, subject: str, now: datetime) -> None:
    for draw in _in_order(draws):
        if not _take(session, draw, step, true()):
            raise LookupError(f"lot {draw.lot_id} is gone")
    _write_down(session, draws, step, subject, now)


def _in_order(draws: Sequence[Draw]) -> list[Draw]:
    return sorted(draws, key=lambda draw: draw.lot_id)


def _take(session: Session, draw: Draw, step: _Step, condition: ColumnElement[bool]) -> bool:
    changed = session.execute(
        update(Lot)
        .where(Lot.id == draw.lot_id, condition)
        .values(
            reserved_value=Lot.reserved_value + draw.value * step.reserved,
            called_off_value=Lot.called_off_value + draw.value * step.called_off,
            reserved_quantity=Lot.reserved_quantity + draw.quantity * step.reserved,
            called_off_quantity=Lot.called_off_quantity + draw.quantity * step.called_off,
        )
        .returning(Lot.id)
        .execution_options(synchronize_session=False)
    )
    return changed.scalar_one_or_none() is not None


def _has_room(draw: Draw) -> ColumnElement[bool]:
    return and_(
        Lot.reserved_value + Lot.called_off_value + literal(draw.value, MoneyColumn())
        <= Lot.maximum_value,
        or_(
            Lot.maximum_quantity.is_(None),
            Lot.reserved_quantity + Lot.called_off_quantity + draw.quantity <= Lot.maximum_quantity,
        ),
    )


def _runs_on(on: date) -> ColumnElement[bool]:
    return exists(
        select(Framework.id).where(
            Framework.id == Lot.framework_id, Framework.valid_from <= on, Framework.valid_to >= on
        )
    )


def _no_room(session: Session, lot_id: int, on: date | None) -> NoRoom:
    row = session.execute(
        select(Lot, Framework)
        .join(Framework, Framework.id == Lot.framework_id)
        .where(Lot.id == lot_id)
        .execution_options(populate_existing=True)
    ).one()
    lot, framework = row[0], row[1]
    return NoRoom(
        lot_id=lot.id,
        lot_number=lot.number,
        lot_title=lot.title,
        running=on is None or framework.valid_from <= on <= framework.valid_to,
        remaining_value=lot.remaining_value,
        remaining_quantity=lot.remaining_quantity,
    )


def _write_down(
    session: Session, draws: Sequence[Draw], step: _Step, subject: str, now: datetime
) -> None:
    session.execute(
        insert(CeilingMovement),
        [
            {
                "lot_id": draw.lot_id,
                "move": step.move,
                "subject": subject,
                "reserved_value": draw.value * step.reserved,
                "called_off_value": draw.value * step.called_off,
                "reserved_quantity": draw.quantity * step.reserved,
                "called_off_quantity": draw.quantity * step.called_off,
                "at": now,
            }
            for draw in _in_order(draws)
        ],
    )
