"""One door for pages and programs: the name of a step of a wish to the use case that takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.refuse_change import refuse_change
from app.ordering.changing.retract_proposal import retract_proposal
from app.ordering.changing.rules import ChangeStep, Said
from app.ordering.changing.speak_on_change import speak_on_change
from app.ordering.queries import call_off
from app.ordering.rules import Side
from app.ordering.submission import Refused
from app.ordering.wanted import Actor

STEP_NAMES: Final[dict[str, Side]] = {
    "answer": Side.DESK,
    "retract": Side.DESK,
    "agree": Side.ORDERER,
    "decline": Side.ORDERER,
    "withdraw": Side.ORDERER,
    "approve": Side.APPROVER,
    "refuse": Side.APPROVER,
}


@dataclass(frozen=True, slots=True)
class StepAsked:
    """What somebody wants to do with a wish; `said` by article number is the desk's answer."""

    name: str
    standing: frozenset[Side]
    reason: str = ""
    acknowledged: tuple[str, ...] = ()
    said: Mapping[str, Said] = field(default_factory=dict)


def make_step(
    session: Session,
    actor: Actor,
    order: tuple[str, Tenant],
    position: int,
    asked: StepAsked,
    now: datetime,
) -> CallOffChange | Refused:
    """`order`: its number and whose it may be. Raises like the use cases, and Malformed."""
    number, tenant = order
    side = STEP_NAMES.get(asked.name)
    if side is None:
        text = f"Diesen Schritt gibt es nicht. Möglich sind: {', '.join(STEP_NAMES)}."
        raise Malformed(FieldError("move", "unknown", text))
    call_off(session, number, tenant)  # whose it is comes before what the role allows
    if side not in asked.standing:
        raise NotAllowed("Dieser Schritt liegt nicht bei Ihnen.")
    match asked.name:
        case "answer":
            return answer_change(session, actor, number, position, asked.said, now)
        case "retract":
            return retract_proposal(session, actor, number, position, now)
        case "approve":
            return approve_change(
                session, actor, number, tenant, position, now, acknowledged=asked.acknowledged
            )
        case "refuse":
            return refuse_change(session, actor, number, tenant, position, now, reason=asked.reason)
        case _:
            step = ChangeStep(asked.name)
            return speak_on_change(session, actor, number, tenant, position, now, step=step)
