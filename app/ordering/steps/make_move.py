"""One door for the API: the name of a move to the use case that makes it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import Conflict, FieldError, Malformed, NotAllowed
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import SIDES, Move, Side
from app.ordering.steps.approve_call_off import Blocked, Placed, StepApproved, approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.complete_call_off import complete_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.steps.resubmit_call_off import resubmit_call_off
from app.ordering.submission import Refused
from app.ordering.wanted import Actor

NAMES = {
    "approve": Move.PLACE,
    "reject": Move.REJECT,
    "cancel": Move.CANCEL,
    "confirm": Move.CONFIRM,
    "complete": Move.COMPLETE,
    "submit": Move.SUBMIT,
}


@dataclass(frozen=True, slots=True)
class MoveAsked:
    """What somebody wants to do with a call-off, and what was said with it."""

    name: str
    standing: frozenset[Side]
    reason: str = ""
    seen: int | None = None
    acknowledged: tuple[str, ...] = field(default=())
    promised_date: date | None = None


MoveMade = CallOff | Placed | StepApproved | Blocked | Refused


def make_move(
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    asked: MoveAsked,
    now: datetime,
) -> MoveMade:
    """Raises Malformed for an unknown name, NotFound, NotAllowed, Conflict like the use cases."""
    move = NAMES.get(asked.name)
    if move is None:
        text = f"Diesen Schritt gibt es nicht. Möglich sind: {', '.join(NAMES)}."
        raise Malformed(FieldError("move", "unknown", text))
    side = _side(call_off(session, number, tenant), move, asked.standing)
    seen = asked.seen
    match move:
        case Move.PLACE:
            return approve_call_off(
                session, actor, number, tenant, now, seen=seen, acknowledged=asked.acknowledged
            )
        case Move.REJECT:
            return reject_call_off(
                session, actor, number, tenant, now, reason=asked.reason, seen=seen
            )
        case Move.CANCEL:
            return cancel_call_off(
                session, actor, number, tenant, now, side=side, reason=asked.reason, seen=seen
            )
        case Move.CONFIRM:
            return confirm_call_off(
                session, actor, number, tenant, now, promised_date=asked.promised_date, seen=seen
            )
        case Move.COMPLETE:
            return complete_call_off(session, actor, number, tenant, now, seen=seen)
        case _:
            return resubmit_call_off(session, actor, number, tenant, now, seen=seen)


def _side(found: CallOff, move: Move, standing: frozenset[Side]) -> Side:
    """The side on which the asker makes this move; the role is asked before the state."""
    able = {side for (_, known), sides in SIDES.items() if known is move for side in sides}
    if not able & standing:
        raise NotAllowed("Ihre Rolle darf diesen Schritt nicht tun.")
    allowed = SIDES.get((found.state, move))
    if allowed is None:
        raise Conflict("Dieser Schritt ist beim jetzigen Stand nicht möglich.", "illegal_move")
    here = sorted(allowed & standing)
    if not here:
        raise NotAllowed("Dieser Schritt liegt beim jetzigen Stand nicht bei Ihnen.")
    return here[0]
