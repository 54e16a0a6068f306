"""What waits for one approver: orders that this very person may decide on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.budgets.queries import BudgetEffect
from app.database.tenant import Tenant
from app.eligibility.rules import Assessment
from app.frameworks.records import Framework
from app.members.queries import member_of
from app.ordering import queries
from app.ordering.basket import Owner
from app.ordering.charging.effects_of import order_budgets
from app.ordering.judge import judge_again
from app.ordering.mandate import mandate_of
from app.ordering.order_page import reserved_until
from app.ordering.records import CallOff
from app.ordering.rules import State


@dataclass(frozen=True, slots=True)
class Decidable:
    """One row of the approver's page."""

    call_off: CallOff
    who: str
    content: str
    assessment: Assessment
    held_until: date | None
    budgets: tuple[BudgetEffect, ...] = ()


def waiting_count(session: Session, owner: Owner, now: datetime) -> int:
    return len(_mine(session, owner, now))


def unconfirmed_count(session: Session) -> int:
    """What the desk has to confirm, of all members."""
    placed = select(func.count(CallOff.id)).where(CallOff.state == State.PLACED)
    return session.scalar(placed) or 0


def decidable(session: Session, owner: Owner, now: datetime) -> tuple[Decidable, ...]:
    """The oldest first; one's own orders are never among them (four eyes)."""
    mine = _mine(session, owner, now)
    labels = queries.labels(session, {found.ordered_by for found in mine})
    return tuple(
        Decidable(
            call_off=found,
            who=labels[found.ordered_by],
            content=queries.content_of(found),
            assessment=judge_again(session, found, now).assessment,
            held_until=reserved_until(found, session.get_one(Framework, found.framework_id)),
            budgets=order_budgets(session, found),
        )
        for found in mine
    )


def _mine(session: Session, owner: Owner, now: datetime) -> list[CallOff]:
    member = member_of(session, Tenant(owner.member_id), owner.member_id)
    return [
        found
        for found in queries.waiting(session, owner.member_id)
        if mandate_of(session, member, found, owner.person_id, now) is not None
    ]
