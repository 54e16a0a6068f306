"""Named reads of wishes; the caller has checked whose call-off it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.ordering.changing.records import CallOffChange, CallOffChangeItem
from app.ordering.changing.rules import ChangeState
from app.ordering.changing.rules_waiting import AWAITED, Waiting
from app.ordering.records import CallOff
from app.ordering.rules import held_until

WHOLE: Final = (
    selectinload(CallOffChange.items).options(
        joinedload(CallOffChangeItem.answer), joinedload(CallOffChangeItem.successor)
    ),
    selectinload(CallOffChange.steps),
)
FRESH: Final = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A wish that waits for somebody, with the number and the member of its order."""

    change: CallOffChange
    number: str
    member_name: str


def changes_of(session: Session, call_off_id: int) -> Sequence[CallOffChange]:
    """Of one call-off, the first first, with items, answers and steps."""
    wanted = select(CallOffChange).where(CallOffChange.call_off_id == call_off_id)
    return session.scalars(
        wanted.order_by(CallOffChange.position).options(*WHOLE), execution_options=FRESH
    ).all()


def change_of(session: Session, call_off_id: int, position: int) -> CallOffChange:
    """NotFound where the call-off has no such wish."""
    wanted = select(CallOffChange).where(
        CallOffChange.call_off_id == call_off_id, CallOffChange.position == position
    )
    found = session.scalars(wanted.options(*WHOLE), execution_options=FRESH).one_or_none()
    if found is None:
        raise NotFound("Diese Änderung gibt es nicht.")
    return found


def open_change(session: Session, call_off_id: int) -> CallOffChange | None:
    """The one that is not decided yet."""
    wanted = select(CallOffChange).where(
        CallOffChange.call_off_id == call_off_id, CallOffChange.closed_at.is_(None)
    )
    return session.scalars(wanted.options(*WHOLE), execution_options=FRESH).one_or_none()


def waiting_for(session: Session, state: ChangeState, tenant: Tenant) -> tuple[OpenChange, ...]:
    """What stands there of the orders that the reader sees, the oldest first."""
    wanted = (
        select(CallOffChange, CallOff.number, Member.name)
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .join(Member, Member.id == CallOffChange.member_id)
        .where(CallOffChange.state == state, tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .order_by(CallOffChange.asked_at, CallOffChange.id)
    )
    return tuple(
        OpenChange(*row) for row in session.execute(wanted.options(*WHOLE), execution_options=FRESH)
    )


def waiting_of(change: CallOffChange, framework: Framework) -> Waiting:
    """For whom an open wish waits; it lapses as an order does that nobody decides on."""
    return Waiting(
        AWAITED[change.state],
        legal_day(change.steps[-1].at),
        held_until(legal_day(change.asked_at), framework.reservation_days),
    )


def change_decisions(session: Session, call_off_id: int) -> Sequence[EligibilityDecision]:
    """The decisions that growing lines rested on, the first first."""
    change = CallOffChange
    ids = select(change.asking_decision_id).where(change.call_off_id == call_off_id)
    more = select(change.applying_decision_id).where(change.call_off_id == call_off_id)
    return session.scalars(
        select(EligibilityDecision)
        .where(or_(EligibilityDecision.id.in_(ids), EligibilityDecision.id.in_(more)))
        .order_by(EligibilityDecision.id)
    ).all()
