"""Drawing on lots: each step is one conditional UPDATE, the CHECKs have the last word.

An order reserves at submission; placing it turns the reservation into a call-off; rejection and
cancellation release. Lots are always taken in the order of their ids, so nobody waits in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Update, bindparam, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from app.database.base import table_of
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

# Built once: putting a statement together costs more than executing it.
_LOT, _FRAMEWORK = table_of(Lot), table_of(Framework)
_INSERT = insert(table_of(CeilingMovement))
_ALWAYS = (
    update(_LOT)
    .where(_LOT.c.id == bindparam("lot"))
    .values(
        reserved_value=_LOT.c.reserved_value + bindparam("reserve_value", type_=MoneyColumn()),
        called_off_value=_LOT.c.called_off_value + bindparam("call_value", type_=MoneyColumn()),
        reserved_quantity=_LOT.c.reserved_quantity + bindparam("reserve_quantity"),
        called_off_quantity=_LOT.c.called_off_quantity + bindparam("call_quantity"),
    )
    .returning(_LOT.c.id)
)
_IF_ROOM = _ALWAYS.where(
    _LOT.c.reserved_value + _LOT.c.called_off_value + bindparam("value", type_=MoneyColumn())
    <= _LOT.c.maximum_value,
    or_(
        _LOT.c.maximum_quantity.is_(None),
        _LOT.c.reserved_quantity + _LOT.c.called_off_quantity + bindparam("quantity")
        <= _LOT.c.maximum_quantity,
    ),
)
_IF_ROOM_AND_RUNNING = _IF_ROOM.where(
    exists(
        select(_FRAMEWORK.c.id).where(
            _FRAMEWORK.c.id == _LOT.c.framework_id,
            _FRAMEWORK.c.valid_from <= bindparam("day"),
            _FRAMEWORK.c.valid_to >= bindparam("day"),
        )
    )
)


def reserve(session: Session, draws: Sequence[Draw], on: date) -> NoRoom | None:
    """Reserve on all lots, or on none and tell the first one without room.

    The order's number is drawn after it, so the ledger is written by `book_reservation`.
    """
    taken: list[Draw] = []
    for draw in _in_order(draws):
        if not _take(session, draw, RESERVE, _IF_ROOM_AND_RUNNING, day=on):
            for other in taken:
                _take(session, other, RELEASE, _ALWAYS)
            return _no_room(session, draw.lot_id, on)
        taken.append(draw)
    return None


def book_reservation(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Put a reservation that was made in this transaction into the ledger."""
    _write_down(session, draws, RESERVE, subject, now)


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
        if not _take(session, draw, OPENING, _IF_ROOM):
            return _no_room(session, draw.lot_id, None)
    _write_down(session, draws, OPENING, reason, now)
    return None


def _all(session: Session, draws: Sequence[Draw], step: _Step, subject: str, now: datetime) -> None:
    for draw in _in_order(draws):
        if not _take(session, draw, step, _ALWAYS):
            raise LookupError(f"lot {draw.lot_id} is gone")
    _write_down(session, draws, step, subject, now)


def _in_order(draws: Sequence[Draw]) -> list[Draw]:
    return sorted(draws, key=lambda draw: draw.lot_id)


def _take(session: Session, draw: Draw, step: _Step, statement: Update, **more: object) -> bool:
    changed = session.connection().execute(
        statement,
        {
            "lot": draw.lot_id,
            "value": draw.value,
            "quantity": draw.quantity,
            "reserve_value": draw.value * step.reserved,
            "call_value": draw.value * step.called_off,
            "reserve_quantity": draw.quantity * step.reserved,
            "call_quantity": draw.quantity * step.called_off,
            **more,
        },
    )
    return changed.scalar_one_or_none() is not None


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
    session.connection().execute(
        _INSERT,
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
