"""Changes that wait: for one approver's decision, or for the member's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.database.tenant import Tenant
from app.frameworks.records import Framework
from app.kernel.money import Money
from app.members.queries import member_of
from app.ordering import queries
from app.ordering.basket.contents import Owner
from app.ordering.changing.queries import OpenChange, waiting_for, waiting_of
from app.ordering.changing.rules import ChangeState
from app.ordering.changing.rules_waiting import Waiting
from app.ordering.changing.steps_of_change import mandate_of_change
from app.ordering.changing.tell import told_words
from app.ordering.changing.totals import totals_after
from app.ordering.records import CallOff


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change in words, and what the order costs gross before and after it."""

    open: OpenChange
    words: str
    who: str
    gross: Money
    gross_after: Money
    waits: Waiting
    in_name_of: str = ""

    @property
    def address(self) -> str:
        return f"/abrufe/{self.open.number}#h-aenderungen"


def decidable_changes_count(session: Session, owner: Owner, now: datetime) -> int:
    return len(_mine(session, owner, now))


def decidable_changes(session: Session, owner: Owner, now: datetime) -> tuple[WaitingChange, ...]:
    """Agreed changes that this very person may decide on, the oldest first."""
    return _seen(session, _mine(session, owner, now))


def unanswered_changes(session: Session, tenant: Tenant) -> tuple[WaitingChange, ...]:
    """What the desk offered or proposed and the member has not spoken on, the oldest first."""
    offered = waiting_for(session, ChangeState.OFFERED, tenant)
    return _seen(
        session, [(one, queries.call_off(session, one.number, tenant), None) for one in offered]
    )


def _mine(
    session: Session, owner: Owner, now: datetime
) -> list[tuple[OpenChange, CallOff, Mandate]]:
    agreed = waiting_for(session, ChangeState.AGREED, owner.tenant)
    if not agreed:
        return []
    member = member_of(session, Tenant(owner.member_id), owner.member_id)
    able = []
    for one in agreed:
        found = queries.call_off(session, one.number, owner.tenant)
        mandate = mandate_of_change(session, member, found, one.change, owner.person_id, now)
        if mandate is not None:
            able.append((one, found, mandate))
    return able


def _seen(
    session: Session, rows: Sequence[tuple[OpenChange, CallOff, Mandate | None]]
) -> tuple[WaitingChange, ...]:
    if not rows:
        return ()
    people: set[int | None] = {one.change.requested_by for one, _, _ in rows}
    people |= {mandate.on_behalf_of for _, _, mandate in rows if mandate is not None}
    labels = queries.labels(session, people)
    return tuple(
        WaitingChange(
            open=one,
            words=told_words(found, one.change),
            who=labels[one.change.requested_by],
            gross=totals_after(found).gross,
            gross_after=totals_after(found, one.change).gross,
            waits=waiting_of(one.change, session.get_one(Framework, found.framework_id)),
            in_name_of=""
            if mandate is None or mandate.on_behalf_of is None
            else labels[mandate.on_behalf_of],
        )
        for one, found, mandate in rows
    )
