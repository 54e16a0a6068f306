"""Both sides agree: what grows waits for approval, everything else is carried out at once."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.members.queries import member_of
from app.ordering.changing.apply_change import apply_change, record_applied
from app.ordering.changing.charge_change import charge_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.steps_of_change import open_change_steps
from app.ordering.changing.tell import (
    ask_for_change_approval,
    tell_asker,
    tell_desk_of_change,
)
from app.ordering.changing.trace import record_step
from app.ordering.records import CallOff
from app.ordering.rules import Side
from app.ordering.wanted import Actor


def conclude(
    session: Session,
    actor: Actor,
    found: CallOff,
    change: CallOffChange,
    side: Side,
    now: datetime,
) -> None:
    """`change` is agreed; `side` is whose word made it so. Call it last in a use case."""
    if change.grows:
        member = member_of(session, EVERY_MEMBER, found.member_id)
        open_change_steps(session, member, found, change, now)
        ask_for_change_approval(session, found, change, now)
        if side is Side.ORDERER:
            tell_desk_of_change(session, found, change, now)
        record_step(session, found, change, actor.name, now)
        return
    agreed = len(change.steps)
    charge_change(session, found, change, actor.person_id, now)
    apply_change(session, actor, found, change, side, now)
    if side is Side.DESK:
        tell_asker(session, found, change, change.steps[-1].reason, now)
    else:
        tell_desk_of_change(session, found, change, now)
    record_step(session, found, change, actor.name, now, {"agreed_by_step": agreed})
    record_applied(session, actor, found, change, side, now)
