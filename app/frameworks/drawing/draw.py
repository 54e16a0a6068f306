"""Drawing on lots: each step is one conditional UPDATE, the CHECKs have the last word.

An order reserves at submission; placing it turns the reservation into a call-off; rejection,
cancellation and the lapse of time release. The order of locks: the agreement (only where it has a
total), then the lots by id, each followed by the member's quota of it; so nobody waits in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Update
from sqlalchemy.orm import Session

from app.database.straight import fetch_one
from app.frameworks.drawing.draw_caps import (
    book_caps,
    cap_without_room,
    move_and_book_caps,
    move_caps,
)
from app.frameworks.drawing.draw_ledger import Because, Draw, book, write_down
from app.frameworks.drawing.draw_statements import (
    BY_ENTRY,
    LOCK_TOTAL,
    MOVE_LOT,
    MOVE_LOT_IF_ROOM,
    MOVE_LOT_IF_ROOM_AND_RUNNING,
    MOVE_QUOTA,
    MOVE_QUOTA_IF_ROOM,
)
from app.frameworks.drawing.draw_steps import (
    CALL_OFF,
    CORRECT,
    OPENING,
    RELEASE,
    RESERVE,
    RETURN,
    Step,
)
from app.frameworks.drawing.find_room import NoRoom, has_quota, no_cap, no_quota, no_room
from app.frameworks.drawing.raise_alerts import raise_alerts
from app.frameworks.rules_ceiling import (
    TOTAL_PERCENTS,
    Crossing,
    Level,
    Place,
    crossed,
    percents_of,
)
from app.kernel.money import Money

__all__ = ["Because", "Draw"]  # what callers say of a draw comes from here as well


@dataclass(frozen=True, slots=True)
class Reserved:
    """Room that is held, and the alerts that this sets off once it is in the ledger."""

    draws: tuple[Draw, ...]
    crossings: tuple[Crossing, ...] = ()
    capped: tuple[Draw, ...] = ()


def reserve(
    session: Session, draws: Sequence[Draw], on: date, *, has_total: bool = True
) -> Reserved | NoRoom:
    """Reserve on all lots, or on none and tell the first ceiling without room.

    `has_total=False` saves a statement where the agreement was just seen to have none. The order's
    number is drawn after it, so the ledger is written by `book_reservation`.
    """
    ordered = _in_order(draws)
    crossings = _lock_total(session, ordered) if has_total else []
    capped = []
    for position, draw in enumerate(ordered):
        taken = _take_if_room(session, draw, RESERVE, on)
        if isinstance(taken, NoRoom):
            for other in ordered[:position]:
                _undo(session, other)
            return taken
        crossings.extend(taken.crossings)
        if taken.capped:
            move_caps(session, draw.lot_id, draw.by_article, RESERVE)
            capped.append(draw)
    return Reserved(tuple(ordered), tuple(crossings), tuple(capped))


def give_back_unbooked(session: Session, reserved: Reserved) -> None:
    """Undo a reservation of this transaction that is not in the ledger yet."""
    for draw in reserved.draws:
        _undo(session, draw)


def book_reservation(session: Session, reserved: Reserved, subject: str, now: datetime) -> None:
    """Put a reservation that was made in this transaction into the ledger."""
    write_down(session, reserved.draws, RESERVE, Because(subject), now)
    for draw in reserved.capped:
        book_caps(session, draw.lot_id, draw.by_article, RESERVE, subject, now)
    raise_alerts(session, reserved.crossings, now)


def call_off(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Turn a reservation into a call-off: the sum of both does not change."""
    _all(session, draws, CALL_OFF, subject, now)


def release(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Give a reservation back."""
    _all(session, draws, RELEASE, subject, now)


def give_back(session: Session, draws: Sequence[Draw], subject: str, now: datetime) -> None:
    """Return the undelivered part of a placed order to the ceiling."""
    ordered = _in_order(draws)
    entries = book(session, ordered, RETURN, Because(subject), now)
    for draw, entry in zip(ordered, entries, strict=True):
        if _take(session, draw, RETURN, entry):
            move_and_book_caps(session, draw.lot_id, draw.by_article, RETURN, subject, now)


def open_with(session: Session, draws: Sequence[Draw], reason: str, now: datetime) -> NoRoom | None:
    """What was called off before this portal kept the books; needs room like any call-off."""
    return _enter(session, draws, OPENING, Because(reason), now)


def correct(
    session: Session, draws: Sequence[Draw], because: Because, now: datetime
) -> NoRoom | None:
    """Change what is called off, up or down; upwards it needs room like any call-off."""
    return _enter(session, draws, CORRECT, because, now)


def _enter(
    session: Session, draws: Sequence[Draw], step: Step, because: Because, now: datetime
) -> NoRoom | None:
    ordered = _in_order(draws)
    with session.begin_nested() as attempt:
        crossings = _lock_total(session, ordered)
        entries = book(session, ordered, step, because, now)
        for draw, entry in zip(ordered, entries, strict=True):
            taken = _take_if_room(session, draw, step, entry=entry)
            if isinstance(taken, NoRoom):
                attempt.rollback()
                return taken
            crossings.extend(taken.crossings)
    raise_alerts(session, crossings, now)
    return None


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


@dataclass(frozen=True, slots=True)
class _Taken:
    """A lot has room: the alerts that this sets off, and whether articles of it are capped."""

    crossings: list[Crossing]
    capped: bool


def _take_if_room(
    session: Session, draw: Draw, step: Step, on: date | None = None, entry: int | None = None
) -> _Taken | NoRoom:
    statement = MOVE_LOT_IF_ROOM if on is None else MOVE_LOT_IF_ROOM_AND_RUNNING
    lot = _move(session, draw, step, statement, on, entry)
    if lot is None:
        return no_room(session, draw.lot_id, draw.value, draw.quantity, on)
    percents = percents_of(lot.alert_percents)
    found = _crossings(draw, lot, Place(lot.framework_id, draw.lot_id), percents)
    short = cap_without_room(session, draw.lot_id, draw.by_article) if lot.has_caps else None
    if short is not None:
        _move(session, draw, step.undone, MOVE_LOT)
        return no_cap(session, draw.lot_id, *short)
    if not lot.has_quotas or draw.member_id is None:
        return _Taken(found, capped=lot.has_caps)
    quota = _move(session, draw, step, MOVE_QUOTA_IF_ROOM, entry=entry)
    if quota is not None:
        place = Place(lot.framework_id, draw.lot_id, draw.member_id)
        found += _crossings(draw, quota, place, percents)
    elif has_quota(session, draw.lot_id, draw.member_id):
        if entry is None:
            _move(session, draw, step.undone, MOVE_LOT)
        return no_quota(session, draw.lot_id, draw.member_id)
    return _Taken(found, capped=lot.has_caps)


def _crossings(draw: Draw, row: Any, place: Place, percents: tuple[int, ...]) -> list[Crossing]:
    after = Level(
        (row.reserved_value + row.called_off_value).cents,
        row.reserved_quantity + row.called_off_quantity,
        _cents(row.maximum_value),
        row.maximum_quantity,
    )
    return list(crossed(place, percents, after, draw.value.cents, draw.quantity))


def _cents(amount: Money | None) -> int | None:
    return None if amount is None else amount.cents


def _all(session: Session, draws: Sequence[Draw], step: Step, subject: str, now: datetime) -> None:
    for draw in _in_order(draws):
        if _take(session, draw, step):
            move_and_book_caps(session, draw.lot_id, draw.by_article, step, subject, now)
    write_down(session, _in_order(draws), step, Because(subject), now)


def _undo(session: Session, draw: Draw) -> None:
    """A reservation of this transaction that is not in the ledger yet."""
    if _take(session, draw, RESERVE.undone):
        move_caps(session, draw.lot_id, draw.by_article, RESERVE.undone)


def _take(session: Session, draw: Draw, step: Step, entry: int | None = None) -> bool:
    """Without asking for room; True where articles of the lot are capped."""
    lot = _move(session, draw, step, MOVE_LOT, entry=entry)
    if lot is None:
        raise LookupError(f"lot {draw.lot_id} is gone")
    if lot.has_quotas and draw.member_id is not None:
        _move(session, draw, step, MOVE_QUOTA, entry=entry)
    return bool(lot.has_caps)


def _in_order(draws: Sequence[Draw]) -> list[Draw]:
    return sorted(draws, key=lambda draw: draw.lot_id)


def _move(
    session: Session,
    draw: Draw,
    step: Step,
    statement: Update,
    on: date | None = None,
    entry: int | None = None,
) -> Any:
    """What stands in the row afterwards; None where it has no room."""
    return fetch_one(
        session,
        statement if entry is None else BY_ENTRY[statement],
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
            "entry": entry,
        },
    )
