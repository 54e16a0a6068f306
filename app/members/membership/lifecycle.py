"""The way of one member, read from the steps on record and from its periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.members.queries import memberships
from app.members.records import Member, Membership, MembershipStep, MembershipTerms
from app.members.rules_lifecycle import (
    Stage,
    Step,
    Taken,
    Terms,
    possible,
    present,
    repayment_due,
    stage,
)


@dataclass(frozen=True, slots=True)
class Way:
    """Everything about one membership: its steps, the present period, what may come next."""

    steps: Sequence[MembershipStep]
    period: Membership | None
    way: dict[Step, date]
    stage: Stage
    possible: tuple[Step, ...]

    @property
    def repayment_due(self) -> date | None:
        last = self.period.effective_to if self.period is not None else None
        return None if last is None else repayment_due(last)


def way_of(session: Session, member: Member, today: date) -> Way:
    """Members taken in before steps were recorded have those that their period shows."""
    steps = session.scalars(
        select(MembershipStep)
        .where(MembershipStep.member_id == member.id)
        .order_by(MembershipStep.id)
    ).all()
    way = present(Taken(one.step, one.on) for one in steps)
    period = next(iter(memberships(session, member.id)), None)
    if period is not None and not _begins_anew(way, period):
        way = _shown_by(period) | way
    last = period.effective_to if period is not None and Step.EFFECTIVE in way else None
    reached = stage(way, last, today)
    if reached is Stage.ENDED:
        way = {}
    return Way(steps, period, way, reached, possible(way))


def terms_on(session: Session, day: date) -> Terms:
    """The statutes in force on a day; the usual ones where nothing is on record."""
    found = terms_record(session, day)
    if found is None:
        return Terms()
    return Terms(found.first_month, found.notice_months, found.share)


def terms_record(session: Session, day: date) -> MembershipTerms | None:
    return session.scalars(
        select(MembershipTerms)
        .where(MembershipTerms.valid_from <= day)
        .order_by(MembershipTerms.valid_from.desc())
        .limit(1)
    ).first()


def _begins_anew(way: dict[Step, date], period: Membership) -> bool:
    """Whether the steps on record are of a second membership, which has no period yet."""
    begun = way.get(Step.APPLICATION) or way.get(Step.RESOLUTION)
    over = period.effective_to
    return begun is not None and over is not None and Step.EFFECTIVE not in way and begun > over


def _shown_by(period: Membership) -> dict[Step, date]:
    first = period.resolved_on or period.effective_from
    shown = {
        Step.APPLICATION: first,
        Step.RESOLUTION: first,
        Step.ADMISSION: period.effective_from,
        Step.EFFECTIVE: period.effective_from,
    }
    if period.share_paid_on is not None:
        shown[Step.SHARE_PAID] = period.share_paid_on
    if period.notice_received_on is not None:
        shown[Step.NOTICE] = period.notice_received_on
    return shown
