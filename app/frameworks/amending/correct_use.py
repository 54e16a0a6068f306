"""Correcting what is called off of a lot: dated, reasoned, and never above the ceiling."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amending.set_quota import locked_lot, quota_or_use
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.drawing import draw
from app.frameworks.drawing.draw import Because, Draw
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.records import Lot, MemberQuota
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import euro, number
from app.kernel.money import Money
from app.members.queries import member_by_key

SUBJECT: Final = "Berichtigung"


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be added to a lot's called-off amounts, net; negative takes away."""

    lot_number: int
    value: Money
    quantity: int
    member_key: str | None = None


def correct_use(
    session: Session, person_id: int, framework: str, wish: Correction, reason: str, now: datetime
) -> NoRoom | None:
    """Raises Malformed below zero or without a reason; NoRoom where a ceiling cannot take it."""
    found = lock_framework(session, framework, None)
    member = None if wish.member_key is None else member_by_key(session, wish.member_key)
    lot = locked_lot(session, found, wish.lot_number)
    quota = None if member is None else quota_or_use(session, lot, member)
    errors = list(_errors(lot, quota, wish, reason))
    if errors:
        raise Malformed(*errors)
    drawn = Draw(lot.id, wish.value, wish.quantity, member.id if member else None)
    because = Because(SUBJECT, person_id, reason.strip())
    refused = draw.correct(session, [drawn], because, now)
    if refused is not None:
        return refused
    session.expire(lot)
    who = "" if member is None else f", {member.name}"
    what = f"Los {lot.number}{who}: {_signed(wish)}"
    entry = Entry(AmendmentKind.CORRECTION, (what,), lot_id=lot.id)
    log_change(session, found.framework, entry, Said(reason.strip()), person_id, now)
    return None


def _errors(
    lot: Lot, quota: MemberQuota | None, wish: Correction, reason: str
) -> Iterator[FieldError]:
    if not reason.strip():
        yield FieldError("reason", "missing", "Bitte nennen Sie Grund und Beleg.")
    if not wish.value and not wish.quantity:
        yield FieldError("value", "missing", "Bitte geben Sie Wert oder Stückzahl an.")
    held_by: list[Lot | MemberQuota] = [lot] if quota is None else [lot, quota]
    for held in held_by:
        if (held.called_off_value + wish.value).cents < 0:
            text = f"Abgerufen sind nur {euro(held.called_off_value)}."
            yield FieldError("value", "below_zero", text)
        if held.called_off_quantity + wish.quantity < 0:
            text = f"Abgerufen sind nur {number(held.called_off_quantity)} Stück."
            yield FieldError("quantity", "below_zero", text)


def _signed(wish: Correction) -> str:
    value = f"{'+' if wish.value.cents > 0 else ''}{euro(wish.value)}"
    return f"{value}, {wish.quantity:+d} Stück".replace("-", "−")
