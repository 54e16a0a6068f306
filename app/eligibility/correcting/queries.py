"""What is corrected about a member, by whom, and what was on record before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.eligibility.correcting.records import CorrectionVerdict, MembershipCorrection
from app.members.queries import memberships
from app.members.records import Membership, MembershipPast

Rows = Sequence[Any]
FIELDS: Final = {
    "resolved_on": "Beschlossen am",
    "effective_from": "Wirksam ab",
    "share_paid_on": "Anteil gezahlt am",
    "notice_received_on": "Kündigung eingegangen am",
    "effective_to": "Letzter Tag",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of a period: what stands there, and what shall."""

    word: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Correction:
    """`changed` is empty where the period is withdrawn, or where it was decided already."""

    number: int
    withdraws: bool
    period_from: date
    changed: tuple[Changed, ...]
    reason: str
    asked_by: str
    asked_by_id: int
    asked_at: datetime
    approved: bool | None = None
    answer: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    periods: Sequence[Membership]
    waiting: tuple[Correction, ...]
    decided: tuple[Correction, ...]
    past: Sequence[MembershipPast]


def corrections_of(session: Session, member_id: int) -> Corrections:
    """The latest first."""
    periods = memberships(session, member_id)
    held = {one.id: one for one in periods}
    wanted = (
        select(MembershipCorrection, CorrectionVerdict)
        .outerjoin(CorrectionVerdict, CorrectionVerdict.correction_id == MembershipCorrection.id)
        .where(MembershipCorrection.member_id == member_id)
        .order_by(MembershipCorrection.id.desc())
    )
    rows = session.execute(wanted).all()
    names = _names(session, rows)
    seen = tuple(_seen(row, verdict, held, names) for row, verdict in rows)
    past = session.scalars(
        select(MembershipPast)
        .where(MembershipPast.member_id == member_id)
        .order_by(MembershipPast.id.desc())
    ).all()
    return Corrections(
        periods,
        tuple(one for one in seen if one.approved is None),
        tuple(one for one in seen if one.approved is not None),
        past,
    )


def _names(session: Session, rows: Rows) -> dict[int, str]:
    numbers = {row.asked_by for row, _ in rows} | {one.decided_by for _, one in rows if one}
    wanted = select(Person).where(Person.id.in_(numbers))
    return {person.id: person.label for person in session.scalars(wanted)}


def _seen(
    row: MembershipCorrection,
    verdict: CorrectionVerdict | None,
    held: dict[int, Membership],
    names: dict[int, str],
) -> Correction:
    stands = held.get(row.membership_id)
    open_one = verdict is None and stands is not None and not row.withdraws
    return Correction(
        number=row.id,
        withdraws=row.withdraws,
        period_from=row.effective_from,
        changed=_changes(stands, row) if open_one and stands is not None else (),
        reason=row.reason,
        asked_by=names[row.asked_by],
        asked_by_id=row.asked_by,
        asked_at=row.asked_at,
        approved=None if verdict is None else verdict.approved,
        answer="" if verdict is None else verdict.reason,
        decided_by="" if verdict is None else names[verdict.decided_by],
        decided_at=None if verdict is None else verdict.decided_at,
    )


def _changes(stands: Membership, row: MembershipCorrection) -> tuple[Changed, ...]:
    pairs = (
        Changed(word, getattr(stands, name), getattr(row, name)) for name, word in FIELDS.items()
    )
    return tuple(one for one in pairs if one.before != one.after)
