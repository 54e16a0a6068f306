"""The member's word on its own wish: agree to the desk's offer, decline it, take the wish back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.ordering.changing.close import close
from app.ordering.changing.conclude import conclude
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import STEP_SIDES, ChangeStep, IllegalStep
from app.ordering.changing.tell import tell_desk_of_change
from app.ordering.changing.totals import check_still_possible
from app.ordering.changing.trace import record_step
from app.ordering.queries import lock_call_off
from app.ordering.rules import Side
from app.ordering.wanted import Actor


def speak_on_change(  # noqa: PLR0913 - who says what to which wish
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    position: int,
    now: datetime,
    *,
    step: ChangeStep,
) -> CallOffChange:
    """`step` is AGREE, DECLINE or WITHDRAW. Raises NotFound, IllegalStep."""
    found = lock_call_off(session, number, tenant)
    change = change_of(session, found.id, position)
    if STEP_SIDES.get((change.state, step)) is not Side.ORDERER:
        raise IllegalStep
    if step is ChangeStep.AGREE:
        check_still_possible(found, change)
        if change.is_proposed:
            change.consented_by = actor.person_id
        change.take(step, actor.person_id, Side.ORDERER, now)
        conclude(session, actor, found, change, Side.ORDERER, now)
        return change
    close(session, found, change, step, now, by=actor.person_id, side=Side.ORDERER)
    tell_desk_of_change(session, found, change, now)
    record_step(session, found, change, actor.name, now)
    return change
