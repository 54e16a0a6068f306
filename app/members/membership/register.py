"""The register of members on any day, as far as it was known at any instant."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.kernel.german import fold
from app.kernel.legal_day import start_of_day
from app.members.membership.known_periods import known_periods
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

    @property
    def all_demonstration(self) -> bool:
        return bool(self.rows) and all(one.demonstration for one in self.rows)

    def found(self, text: str, kind: str) -> tuple[Registered, ...]:
        """Whose name, place or key has `text` in it, of one kind (its German word) or of all."""
        wanted = fold(text)
        return tuple(
            one
            for one in self.rows
            if (not kind or one.kind == kind)
            and any(wanted in fold(said) for said in (one.name, one.city, one.key))
        )


def register_on(session: Session, day: date, known_on: date | None = None) -> Register:
    """By name; as it was known at the end of `known_on`, later corrections left out."""
    known = _end_of(known_on) if known_on is not None else None
    periods = table_of(Membership).c if known is None else known_periods(known).c
    wanted = (
        select(
            Member.key,
            Member.name,
            Member.body_kind,
            Member.city,
            periods.effective_from,
            periods.effective_to,
            periods.votes,
            Member.demonstration,
        )
        .join(periods.member_id.table, periods.member_id == Member.id)
        .where(
            periods.effective_from <= day,
            or_(periods.effective_to.is_(None), periods.effective_to >= day),
        )
        .order_by(Member.name, Member.id)
    )
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


def _end_of(day: date) -> datetime:
    """Its last instant: what came on record during the day counts as known."""
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)
