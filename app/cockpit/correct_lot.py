"""Correcting a lot's use by hand: what running orders may still give back is left to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.frameworks.amending.correct_use import Correction, correct_use
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.set_quota import locked_lot, quota_or_use
from app.frameworks.drawing.draw import Draw
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.records import Lot, MemberQuota
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import euro, number
from app.kernel.money import NOTHING, Money
from app.members.queries import member_by_key
from app.members.records import Member
from app.ordering.act import outstanding_draws
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import HOLDS_CALL_OFF


@dataclass(frozen=True, slots=True)
class Open:
    """What orders hold of a lot and have not got yet: cancelled, it goes back."""

    value: Money = NOTHING
    pieces: int = 0


def correct_lot(
    session: Session, person_id: int, framework: str, wish: Correction, reason: str, now: datetime
) -> NoRoom | None:
    """Raises Malformed where it takes away what an order may still give back, and NotFound."""
    found = lock_framework(session, framework, None)
    member = None if wish.member_key is None else member_by_key(session, wish.member_key)
    lot = locked_lot(session, found, wish.lot_number)
    errors = list(_errors(lot, _open(session, lot, None), wish))
    if member is not None and not errors:
        quota = quota_or_use(session, lot, member)
        errors = list(_errors(quota, _open(session, lot, member), wish))
    if errors:
        raise Malformed(*errors)
    return correct_use(session, person_id, framework, wish, reason, now)


def _open(session: Session, lot: Lot, member: Member | None) -> Open:
    wanted = (
        select(CallOff)
        .where(
            CallOff.state.in_(HOLDS_CALL_OFF),
            CallOff.id.in_(select(CallOffLine.call_off_id).where(CallOffLine.lot_id == lot.id)),
        )
        .options(selectinload(CallOff.lines))
        .execution_options(populate_existing=True)
    )
    if member is not None:
        wanted = wanted.where(CallOff.member_id == member.id)
    held = [one for order in session.scalars(wanted) for one in _of_lot(order, lot)]
    return Open(Money.total(one.value for one in held), sum(one.quantity for one in held))


def _of_lot(order: CallOff, lot: Lot) -> Iterator[Draw]:
    yield from (one for one in outstanding_draws(order.lines) if one.lot_id == lot.id)


def _errors(held: Lot | MemberQuota, still: Open, wish: Correction) -> Iterator[FieldError]:
    """Below zero is told by `correct_use`: this is about what lies above it."""
    left, pieces = held.called_off_value + wish.value, held.called_off_quantity + wish.quantity
    first = "Bitte dort zuerst stornieren, was nicht mehr geliefert wird."
    if wish.value < NOTHING <= left < still.value:
        text = f"Noch nicht geliefert sind Abrufe über {euro(still.value)} netto. {first}"
        yield FieldError("value", "still_open", text)
    if wish.quantity < 0 and 0 <= pieces < still.pieces:
        text = f"Noch nicht geliefert sind {number(still.pieces)} Stück. {first}"
        yield FieldError("quantity", "still_open", text)
