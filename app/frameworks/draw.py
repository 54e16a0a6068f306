"""Drawing on lots: each step is one conditional UPDATE, the CHECKs have the last word.

An order reserves at submission; placing it turns the reservation into a call-off; rejection,
cancellation and the lapse of time release. The order of locks: the agreement (only where it has a
total), then the lots by id, each followed by the member's quota of it; so nobody waits in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Update
from sqlalchemy.orm import Session

from app.database.together import write
from app.frameworks.draw_statements import (
    LOCK_TOTAL,
    MOVE_LOT,
    MOVE_LOT_IF_ROOM,
    MOVE_LOT_IF_ROOM_AND_RUNNING,
    MOVE_QUOTA,
    MOVE_QUOTA_IF_ROOM,
    WRITE_DOWN,
)
from app.frameworks.find_room import NoRoom, has_quota, no_quota, no_room
from app.frameworks.raise_alerts import raise_alerts
from app.frameworks.records import CeilingMove
from app.frameworks.rules_ceiling import (
    TOTAL_PERCENTS,
    Crossing,
    Level,
    Place,
    crossed,
    percents_of,
)
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Draw:
    """What an order of a member takes from one lot: net value and pieces."""

    lot_id: int
    value: Money
    quantity: int
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """Room that is held, and the alerts that this sets off once it is in the ledger."""

    draws: tuple[Draw, ...]
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True, slots=True)
class Because:
    """Why a lot was moved: the number of the order, or who says so and for what reason."""

    subject: str
    person_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """How one kind of move changes the two pairs of columns."""

    move: CeilingMove
    reserved: int
    called_off: int

    @property
    def undone(self) -> "_Step":
        return _Step(self.move, -self.reserved, -self.called_off)


RESERVE = _Step(CeilingMove.RESERVE, reserved=1, called_off=0)
CALL_OFF = _Step(CeilingMove.CALL_OFF, reserved=-1, called_off=1)
RELEASE = _Step(CeilingMove.RELEASE, reserved=-1, called_off=0)
RETURN = _Step(CeilingMove.RETURN, reserved=0, called_off=-1)
OPENING = _Step(CeilingMove.OPENING, reserved=0, called_off=1)
CORRECT = _Step(CeilingMove.CORRECT, reserved=0, called_off=1)


def reserve(
    session: Session, draws: Sequence[Draw], on: date, *, has_total: bool = True
) -> Reserved | NoRoom:
    """Reserve on all lots, or on none and tell the first ceiling without room.

    `has_total=False` saves a statement where the agreement was just seen to have none. The order's
    number is drawn after it, so the ledger is written by `book_reservation`.
    """
    return _take_all(session, draws, RESERVE, has_total=has_total, on=on)


def book_reservation(session: Session, reserved: Reserved, subject: str, now: datetime) -> None:
    """Put a reservation that was made in this transaction into the ledger."""
    _write_down(session, reserved.draws, RESERVE, Because(subject), now)
    raise_alerts(session, reserved.crossings, now)


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
    return _enter(session, draws, OPENING, Because(reason), now)


def correct(
    session: Session, draws: Sequence[Draw], because: Because, now: datetime
) -> NoRoom | None:
    """Change what is called off, up or down; upwards it needs room like any call-off."""
    return _enter(session, draws, CORRECT, because, now)


def _enter(
    session: Session, draws: Sequence[Draw], step: _Step, because: Because, now: datetime
) -> NoRoom | None:
    taken = _take_all(session, draws, step, has_total=True)
    if isinstance(taken, NoRoom):
        return taken
    _write_down(session, draws, step, because, now)
    raise_alerts(session, taken.crossings, now)
    return None


def _take_all(
    session: Session,
    draws: Sequence[Draw],
    step: _Step,
    *,
    has_total: bool,
    on: date | None = None,
) -> Reserved | NoRoom:
    ordered = _in_order(draws)
    crossings = _lock_total(session, ordered) if has_total else []
    for position, draw in enumerate(ordered):
        taken = _take_if_room(session, draw, step, on)
        if isinstance(taken, NoRoom):
            for other in ordered[:position]:
                _take(session, other, step.undone)
            return taken
        crossings.extend(taken)
    return Reserved(tuple(ordered), tuple(crossings))


def _lock_total(session: Session, draws: list[Draw]) -> list[Crossing]:
    """Nobody else reserves under this agreement until this transaction ends."""
    row = session.execute(LOCK_TOTAL, {"lot": draws[0].lot_id}).one_or_none()
    if row is None:
        return []
    value = Money.total(draw.value for draw in draws).cents
    quantity = sum(draw.quantity for draw in draws)
    after = Level(
        row.used_value + value,
        row.used_quantity + quantity,
        _cents(row.maximum_value),
        row.maximum_quantity,
    )
    return list(crossed(Place(row.id), TOTAL_PERCENTS, after, value, quantity))


def _take_if_room(
    session: Session, draw: Draw, step: _Step, on: date | None
) -> list[Crossing] | NoRoom:
    statement = MOVE_LOT_IF_ROOM if on is None else MOVE_LOT_IF_ROOM_AND_RUNNING
    lot = _move(session, draw, step, statement, on)
    if lot is None:
        return no_room(session, draw.lot_id, draw.value, draw.quantity, on)
    percents = percents_of(lot.alert_percents)
    found = _crossings(draw, lot, Place(lot.framework_id, draw.lot_id), percents)
    if not lot.has_quotas or draw.member_id is None:
        return found
    quota = _move(session, draw, step, MOVE_QUOTA_IF_ROOM)
    if quota is not None:
        place = Place(lot.framework_id, draw.lot_id, draw.member_id)
        return [*found, *_crossings(draw, quota, place, percents)]
    if not has_quota(session, draw.lot_id, draw.member_id):
        return found
    _move(session, draw, step.undone, MOVE_LOT)
    return no_quota(session, draw.lot_id, draw.member_id)


def _crossings(
    draw: Draw, row: Row[Any], place: Place, percents: tuple[int, ...]
) -> list[Crossing]:
    after = Level(
        (row.reserved_value + row.called_off_value).cents,
        row.reserved_quantity + row.called_off_quantity,
        _cents(row.maximum_value),
        row.maximum_quantity,
    )
    return list(crossed(place, percents, after, draw.value.cents, draw.quantity))


def _cents(amount: Money | None) -> int | None:
    return None if amount is None else amount.cents


def _all(session: Session, draws: Sequence[Draw], step: _Step, subject: str, now: datetime) -> None:
    for draw in _in_order(draws):
        _take(session, draw, step)
    _write_down(session, draws, step, Because(subject), now)


def _take(session: Session, draw: Draw, step: _Step) -> None:
    """Without asking for room: what is given back, and what only changes its column."""
    lot = _move(session, draw, step, MOVE_LOT)
    if lot is None:
        raise LookupError(f"lot {draw.lot_id} is gone")
    if lot.has_quotas and draw.member_id is not None:
        _move(session, draw, step, MOVE_QUOTA)


def _in_order(draws: Sequence[Draw]) -> list[Draw]:
    return sorted(draws, key=lambda draw: draw.lot_id)


def _move(
    session: Session, draw: Draw, step: _Step, statement: Update, on: date | None = None
) -> Row[Any] | None:
    """What stands in the row afterwards; None where it has no room."""
    return (
        session.connection()
        .execute(
            statement,
            {
                "lot": draw.lot_id,
                "member": draw.member_id,
                "value": draw.value,
                "quantity": draw.quantity,
                "reserve_value": draw.value * step.reserved,
                "call_value": draw.value * step.called_off,
                "reserve_quantity": draw.quantity * step.reserved,
                "call_quantity": draw.quantity * step.called_off,
                "day": on,
            },
        )
        .one_or_none()
    )


def _write_down(
    session: Session, draws: Sequence[Draw], step: _Step, because: Because, now: datetime
) -> None:
    write(
        session,
        WRITE_DOWN,
        *(
            {
                "lot_id": draw.lot_id,
                "move": step.move,
                "subject": because.subject,
                "reserved_value": draw.value * step.reserved,
                "called_off_value": draw.value * step.called_off,
                "reserved_quantity": draw.quantity * step.reserved,
                "called_off_quantity": draw.quantity * step.called_off,
                "member_id": draw.member_id,
                "person_id": because.person_id,
                "reason": because.reason,
                "at": now,
            }
            for draw in _in_order(draws)
        ),
    )
