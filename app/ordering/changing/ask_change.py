"""The member wishes to change a placed order: other quantities, another day."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.ordering.changing.enter_change import ChangeWish, enter_change
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep
from app.ordering.changing.tell import tell_desk_of_change
from app.ordering.changing.trace import record_step
from app.ordering.queries import lock_call_off
from app.ordering.submission import Refused
from app.ordering.wanted import Actor


def ask_change(
    session: Session, actor: Actor, number: str, tenant: Tenant, wish: ChangeWish, now: datetime
) -> CallOffChange | Refused:
    """The desk answers. Raises like `enter_change`; a refusal of what grows stays on record."""
    found = lock_call_off(session, number, tenant)
    entered = enter_change(session, actor, found, wish, ChangeStep.ASK, now)
    if isinstance(entered, CallOffChange):
        tell_desk_of_change(session, found, entered, now)
        record_step(session, found, entered, actor.name, now)
    return entered
