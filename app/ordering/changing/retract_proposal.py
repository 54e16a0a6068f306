"""The desk takes back what it proposed, while the member has not spoken yet."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.ordering.changing.close import close
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep, IllegalStep, open_steps
from app.ordering.changing.tell import tell_asker
from app.ordering.changing.trace import record_step
from app.ordering.queries import lock_call_off
from app.ordering.rules import Side
from app.ordering.wanted import Actor


def retract_proposal(
    session: Session, actor: Actor, number: str, position: int, now: datetime
) -> CallOffChange:
    """Raises NotFound, IllegalStep; its own answer to a wish the desk cannot take back."""
    found = lock_call_off(session, number, EVERY_MEMBER)
    change = change_of(session, found.id, position)
    able = open_steps(change.state, frozenset({Side.DESK}), proposed=change.is_proposed)
    if ChangeStep.WITHDRAW not in able:
        raise IllegalStep
    close(session, found, change, ChangeStep.WITHDRAW, now, by=actor.person_id, side=Side.DESK)
    tell_asker(session, found, change, "Die Abwicklung zieht ihren Vorschlag zurück.", now)
    record_step(session, found, change, actor.name, now)
    return change
