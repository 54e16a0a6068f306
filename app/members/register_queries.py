"""The register of members on any day, as far as it was known at any instant."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.kernel.legal_day import start_of_day
from app.members.records import Member, Membership, MembershipFee, MembershipTerms
from app.members.rules import BODY_KIND_LABELS, BodyKind


@dataclass(frozen=True, slots=True)
class Registered:
    """One member of the register."""

    key: str
    name: str
    body_kind: BodyKind
    city: str
    since: date
    until: date | None
    votes: int
    demonstration: bool

    @property
    def kind(self) -> str:
        return BODY_KIND_LABELS[self.body_kind]


@dataclass(frozen=True, slots=True)
class Register:
    """Who was a member on `day`; `known_on` leaves out what was recorded later."""

    day: date
    known_on: date | None
    rows: tuple[Registered, ...]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        counted = Counter(row.kind for row in self.rows)
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def register_on(session: Session, day: date, known_on: date | None = None) -> Register:
    """By name. A period recorded after the end of `known_on` was not known then."""
    wanted = (
        select(
            Member.key,
            Member.name,
            Member.body_kind,
            Member.city,
            Membership.effective_from,
            Membership.effective_to,
            Membership.votes,
            Member.demonstration,
        )
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.effective_from <= day,
            or_(Membership.effective_to.is_(None), Membership.effective_to >= day),
        )
        .order_by(Member.name, Member.id)
    )
    if known_on is not None:
        wanted = wanted.where(Membership.recorded_at < _after(known_on))
    return Register(day, known_on, tuple(Registered(*row) for row in session.execute(wanted)))


def fees(session: Session) -> Sequence[MembershipFee]:
    """The latest first."""
    return session.scalars(select(MembershipFee).order_by(MembershipFee.valid_from.desc())).all()


def fee_on(session: Session, day: date) -> MembershipFee | None:
    return next((fee for fee in fees(session) if fee.valid_from <= day), None)


def every_terms(session: Session) -> Sequence[MembershipTerms]:
    """The latest first."""
    wanted = select(MembershipTerms).order_by(MembershipTerms.valid_from.desc())
    return session.scalars(wanted).all()


def _after(day: date) -> datetime:
    return start_of_day(date.fromordinal(day.toordinal() + 1))
