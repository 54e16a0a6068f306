"""What waits for one approver: orders that this very person may decide on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.budgets.queries import BudgetEffect
from app.database.tenant import Tenant
from app.eligibility.rules import Assessment
from app.frameworks.records import Framework
from app.members.queries import member_of
from app.ordering import queries
from app.ordering.basket.contents import Owner
from app.ordering.charging.effects_of import order_budgets
from app.ordering.judge import judge_again
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.showing.order_page import reserved_until
from app.ordering.signing.mandate import mandate_of
from app.ordering.signing.steps_of_order import path_of_order


@dataclass(frozen=True, slots=True)
class Decidable:
    """One row of the approver's page."""

    call_off: CallOff
    who: str
    content: str
    assessment: Assessment
    held_until: date | None
    budgets: tuple[BudgetEffect, ...] = ()
    in_name_of: str = ""
    progress: str = ""
    places: bool = True
    """Whether this signature makes the order binding; else others are asked after it."""


def unconfirmed_count(session: Session) -> int:
    """What the desk has to confirm, of all members."""
    placed = select(func.count(CallOff.id)).where(CallOff.state == State.PLACED)
    return session.scalar(placed) or 0


def decidable(session: Session, owner: Owner, now: datetime) -> tuple[Decidable, ...]:
    """The oldest first; one's own orders are never among them (four eyes)."""
    mine = _mine(session, owner, now)
    people: set[int | None] = {found.ordered_by for found, _ in mine}
    labels = queries.labels(session, people | {mandate.on_behalf_of for _, mandate in mine})
    return tuple(_row(session, found, mandate, labels, now) for found, mandate in mine)


def _row(
    session: Session, found: CallOff, mandate: Mandate, labels: Mapping[int, str], now: datetime
) -> Decidable:
    path = path_of_order(session, found)
    return Decidable(
        call_off=found,
        who=labels[found.ordered_by],
        content=queries.content_of(found),
        assessment=judge_again(session, found, now).assessment,
        held_until=reserved_until(found, session.get_one(Framework, found.framework_id)),
        budgets=order_budgets(session, found),
        in_name_of="" if mandate.on_behalf_of is None else labels[mandate.on_behalf_of],
        progress=path.progress if path is not None and len(path.steps) > 1 else "",
        places=path is None or mandate.step_id is None or path.is_last(mandate.step_id),
    )


def _mine(session: Session, owner: Owner, now: datetime) -> list[tuple[CallOff, Mandate]]:
    member = member_of(session, Tenant(owner.member_id), owner.member_id)
    able = [
        (found, mandate_of(session, member, found, owner.person_id, now))
        for found in queries.waiting(session, owner.member_id)
    ]
    return [(found, mandate) for found, mandate in able if mandate is not None]
