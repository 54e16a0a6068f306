"""Cancelling: what is not delivered goes back to the ceiling, what is delivered never."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER, Tenant
from app.frameworks.awarding.end_award import end_award
from app.frameworks.drawing import draw
from app.frameworks.drawing.draw import Draw
from app.frameworks.supplier_choice import AwardEvent
from app.members.queries import member_of
from app.ordering.act import (
    check_side,
    check_version,
    draws,
    needed_reason,
    outstanding_draws,
    record_move,
)
from app.ordering.changing.lapse_change import end_open_change
from app.ordering.charging.move_charges import hold_only_the_rest
from app.ordering.note_time import ORDER_STAGE, claim_time
from app.ordering.notify import tell_orderer
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_CALL_OFF, HOLDS_RESERVATION, Move, Side
from app.ordering.wanted import Actor


def cancel_call_off(  # noqa: PLR0913 - who saw what and says why
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    side: Side,
    reason: str,
    seen: int | None = None,
) -> CallOff:
    """The member until the desk has confirmed, then the desk (contract, how an order runs, 4)."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    check_side(found, Move.CANCEL, side)
    text = needed_reason(reason)
    end_open_change(session, found, "Der Abruf ist storniert.", now)
    rest: tuple[Draw, ...] = ()
    if found.state in HOLDS_RESERVATION:
        rest = draws(found.lines)
        draw.release(session, rest, found.number, now)
    elif found.state in HOLDS_CALL_OFF:
        rest = outstanding_draws(found.lines)
        draw.give_back(session, rest, found.number, now)
    returned = AwardEvent.RETURNED
    end_award(session, found.number, rest, returned, now, reason=text, person_id=actor.person_id)
    for line in found.lines:
        line.cancelled += line.outstanding
    hold_only_the_rest(session, found, actor.person_id, text, now)
    if side is Side.ORDERER:
        member = member_of(session, EVERY_MEMBER, found.member_id)
        claim_time(session, member, found.id, actor, ORDER_STAGE, now)
    if side is Side.DESK:
        sentence = f"Die Abwicklung hat Ihren Abruf {found.number} storniert: {text}"
        tell_orderer(session, found, sentence, now)
    record_move(session, found, Move.CANCEL, actor, side, now, reason=text)
    return found
