"""A wish that nothing can come of any more, because the order ended or nobody decided in time."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day
from app.ordering.changing.close import close
from app.ordering.changing.queries import WHOLE, open_change, waiting_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import OPEN, ChangeStep
from app.ordering.changing.tell import tell_asker, tell_desk_of_change
from app.ordering.changing.trace import record_step
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff

PORTAL: Final = "portal"


def end_open_change(session: Session, found: CallOff, reason: str, now: datetime) -> None:
    """Call it before the lines move; costs one statement where nothing is open.

    Leaves no entry of its own on the chain: the move that ends the order says so.
    """
    change = open_change(session, found.id)
    if change is not None:
        close(session, found, change, ChangeStep.LAPSE, now, reason=reason)


def lapse_change(session: Session, number: str, now: datetime) -> CallOffChange | None:
    """None where it was settled meanwhile or may still wait, as long as an order may."""
    found = lock_call_off(session, number, EVERY_MEMBER)
    change = open_change(session, found.id)
    framework = session.get_one(Framework, found.framework_id)
    if change is None or not _is_over(change, framework, now):
        return None
    reason = (
        f"Nicht innerhalb von {framework.reservation_days} Tagen entschieden. "
        "Eine vorgemerkte Mehrmenge ist wieder frei."
    )
    close(session, found, change, ChangeStep.LAPSE, now, reason=reason)
    tell_asker(session, found, change, f"Die Änderung ist verfallen. {reason}", now)
    if change.is_proposed:
        tell_desk_of_change(session, found, change, now)
    record_step(session, found, change, PORTAL, now)
    return change


def over_changes(session: Session, now: datetime) -> tuple[str, ...]:
    """Numbers of the orders with a wish whose time is over."""
    rows = session.execute(
        select(CallOffChange, Framework, CallOff.number)
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(CallOffChange.state.in_(OPEN))
        .order_by(CallOffChange.asked_at)
        .options(*WHOLE)
    )
    return tuple(number for change, framework, number in rows if _is_over(change, framework, now))


def _is_over(change: CallOffChange, framework: Framework, now: datetime) -> bool:
    return legal_day(now) > waiting_of(change, framework).last
