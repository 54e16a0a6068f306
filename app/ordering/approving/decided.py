"""What a person decided, the latest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.accounts.records import Person
from app.approvals.records import Approval
from app.approvals.rules import Verdict
from app.database.tenant import Tenant
from app.kernel.money import Money
from app.ordering.changing.rules import split_subject
from app.ordering.records import CallOff
from app.ordering.rules import State

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One verdict, and where its order stands today."""

    number: str
    change: int | None
    """Which change of the order was decided over; None: the order itself."""
    at: datetime
    verdict: Verdict
    value: Money
    reason: str
    by_link: bool | None
    in_name_of: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Decided:
    """One page of them, and how many there are."""

    rows: tuple[DecidedRow, ...]
    total: int
    page: int


def decided(session: Session, tenant: Tenant, person_id: int, page: int) -> Decided:
    """Pages count from 1; one beyond the end shows the last."""
    mine = Approval.decided_by == person_id, tenant.owns(Approval.member_id)
    total = session.scalar(select(func.count(Approval.id)).where(*mine)) or 0
    page = min(max(1, page), max(1, -(-total // PAGE)))
    principal = aliased(Person)
    rows = session.execute(
        select(Approval, principal.label)
        .outerjoin(principal, principal.id == Approval.on_behalf_of)
        .where(*mine)
        .order_by(Approval.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    states = _states(session, {split_subject(one.subject)[0] for one, _ in rows})
    return Decided(tuple(_row(one, label, states) for one, label in rows), total, page)


def _row(one: Approval, in_name_of: str | None, states: Mapping[str, State]) -> DecidedRow:
    number, change = split_subject(one.subject)
    return DecidedRow(
        number=number,
        change=change,
        at=one.at,
        verdict=one.verdict,
        value=one.value,
        reason=one.reason,
        by_link=one.by_link,
        in_name_of=in_name_of,
        state=states[number],
    )


def _states(session: Session, numbers: set[str]) -> Mapping[str, State]:
    rows = session.execute(select(CallOff.number, CallOff.state).where(CallOff.number.in_(numbers)))
    return {row.number: row.state for row in rows}
