"""Reads for the pages on which memberships are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.members.records import Member, Membership
from app.members.rules import BodyKind


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of the list with the latest period of membership."""

    key: str
    name: str
    body_kind: BodyKind
    city: str
    demonstration: bool
    effective_from: date | None
    effective_to: date | None

    def active(self, on: date) -> bool:
        return (
            self.effective_from is not None
            and self.effective_from <= on
            and (self.effective_to is None or on <= self.effective_to)
        )


def member_rows(
    session: Session, search: str, limit: int, offset: int
) -> tuple[int, Sequence[MemberRow]]:
    """How many fit the search, and one page of them by name."""
    fits = or_(
        Member.name.icontains(search, autoescape=True),
        Member.city.icontains(search, autoescape=True),
        Member.key.startswith(search, autoescape=True),
    )
    total = session.scalar(select(func.count()).select_from(Member).where(fits)) or 0
    latest = (
        select(func.max(Membership.id))
        .where(Membership.member_id == Member.id)
        .correlate(Member)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Member.key,
            Member.name,
            Member.body_kind,
            Member.city,
            Member.demonstration,
            Membership.effective_from,
            Membership.effective_to,
        )
        .outerjoin(Membership, Membership.id == latest)
        .where(fits)
        .order_by(Member.city, Member.name, Member.id)
        .limit(limit)
        .offset(offset)
    )
    return total, [MemberRow(*row) for row in rows]


def active_members(session: Session, on: date) -> int:
    """How many members there are on a day, at most counted once each."""
    return (
        session.scalar(
            select(func.count(func.distinct(Membership.member_id))).where(
                Membership.effective_from <= on,
                or_(Membership.effective_to.is_(None), Membership.effective_to >= on),
            )
        )
        or 0
    )


def member_choices(session: Session) -> list[tuple[str, str]]:
    """Key and name of every member, for a selection list."""
    rows = session.execute(select(Member.key, Member.name).order_by(Member.name))
    return [(key, name) for key, name in rows]
