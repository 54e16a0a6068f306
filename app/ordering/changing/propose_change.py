"""The desk proposes to change a placed order; nothing happens without the member's consent."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.ordering.changing.enter_change import ChangeWish, enter_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep
from app.ordering.changing.tell import tell_member_of_proposal
from app.ordering.changing.trace import record_step
from app.ordering.queries import lock_call_off
from app.ordering.submission import Refused
from app.ordering.wanted import Actor


def propose_change(
    session: Session, actor: Actor, number: str, wish: ChangeWish, now: datetime
) -> CallOffChange | Refused:
    """The desk works for all members. Raises like `enter_change`.

    What would grow is checked and reserved as if the member had asked, and approved the same way.
    """
    found = lock_call_off(session, number, EVERY_MEMBER)
    entered = enter_change(session, actor, found, wish, ChangeStep.PROPOSE, now)
    if isinstance(entered, CallOffChange):
        tell_member_of_proposal(session, found, entered, now)
        record_step(session, found, entered, actor.name, now)
    return entered
