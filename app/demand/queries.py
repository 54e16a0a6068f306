"""Needs and demand rounds as people see them; whose rows is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, select, true, type_coerce
from sqlalchemy.orm import Session

from app.catalog.records import Category
from app.database.tenant import Tenant
from app.demand.records import DemandRound, Need
from app.demand.rules import ELSEWHERE, NeedState
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.members.records import Member

PAGE: Final = 50
MOST_GROUPS: Final = 200


@dataclass(frozen=True, slots=True)
class NeedSeen:
    """A need with what belongs to it by name."""

    need: Need
    member: str
    member_key: str
    category: str
    round_title: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """All needs for one thing, over all members."""

    subject: str
    what: str
    category: str
    needs: int
    open_needs: int
    members: int
    quantity: int
    estimated: Money
    minutes_lost: int
    needed_by: date


def needs_seen(
    session: Session, tenant: Tenant, page: int = 1, size: int = PAGE
) -> tuple[Sequence[NeedSeen], int]:
    """The latest first, and how many there are."""
    total = session.scalar(
        select(func.count()).select_from(Need).where(tenant.owns(Need.member_id))
    )
    rows = _seen(session, tenant.owns(Need.member_id), size, (page - 1) * size)
    return rows, total or 0


def need_seen(session: Session, tenant: Tenant, need_id: int) -> NeedSeen:
    """One with its names; NotFound for somebody else's."""
    rows = _seen(session, and_(Need.id == need_id, tenant.owns(Need.member_id)), 1, 0)
    if not rows:
        raise NotFound
    return rows[0]


def needs_about(session: Session, subject: str) -> Sequence[NeedSeen]:
    """Everybody's needs for one thing; NotFound where nobody asked for it."""
    rows = _seen(session, Need.subject == subject, None, 0)
    if not rows:
        raise NotFound("Diesen Bedarf hat niemand gemeldet.")
    return rows


def need_of(session: Session, tenant: Tenant, need_id: int, *, lock: bool = False) -> Need:
    """NotFound for somebody else's."""
    query = select(Need).where(Need.id == need_id, tenant.owns(Need.member_id))
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound
    return found


def ranked(session: Session, states: Sequence[NeedState], category: str = "") -> tuple[Ranked, ...]:
    """What most members ask for comes first; needs withdrawn are nobody's any more."""
    open_one = case((Need.state == NeedState.OPEN, 1), else_=0)
    members = func.count(func.distinct(Need.member_id))
    quantity = func.sum(Need.quantity)
    rows = session.execute(
        select(
            Need.subject,
            func.min(Need.what),
            func.coalesce(func.min(Category.name), ""),
            func.count(),
            func.sum(open_one),
            members,
            quantity,
            func.coalesce(func.sum(type_coerce(Need.estimated_net, BigInteger)), 0),
            func.coalesce(func.sum(Need.minutes_lost), 0),
            func.min(Need.needed_by),
        )
        .outerjoin(Category, Category.id == Need.category_id)
        .where(Need.state.in_(states), Category.slug == category if category else true())
        .group_by(Need.subject)
        .order_by(members.desc(), func.count().desc(), quantity.desc(), Need.subject)
        .limit(MOST_GROUPS)
    ).all()
    return tuple(
        Ranked(
            subject=subject,
            what=what,
            category=category_name,
            needs=int(needs),
            open_needs=int(open_needs),
            members=int(asking),
            quantity=int(pieces),
            estimated=Money(int(cents)),
            minutes_lost=int(minutes),
            needed_by=needed_by,
        )
        for (
            subject,
            what,
            category_name,
            needs,
            open_needs,
            asking,
            pieces,
            cents,
            minutes,
            needed_by,
        ) in rows
    )


def bought_elsewhere(session: Session, tenant: Tenant, first: date, last: date) -> dict[date, int]:
    """Needs by the day of their report that were met outside the portal; both days included."""
    rows = session.execute(
        select(Need.reported_on, func.count())
        .where(
            tenant.owns(Need.member_id),
            Need.reported_on.between(first, last),
            Need.bought_by.in_(ELSEWHERE),
            Need.state != NeedState.WITHDRAWN,
        )
        .group_by(Need.reported_on)
    )
    return {day: int(count) for day, count in rows}


def categories(session: Session) -> list[tuple[str, str]]:
    """Slug and name, for a list to choose from."""
    rows = session.execute(select(Category.slug, Category.name).order_by(Category.name)).all()
    return [(slug, name) for slug, name in rows]


def category_id(session: Session, slug: str) -> int | None:
    """None for no category and for one that does not exist."""
    return session.scalar(select(Category.id).where(Category.slug == slug)) if slug else None


def _seen(
    session: Session, wanted: ColumnElement[bool], limit: int | None, offset: int
) -> Sequence[NeedSeen]:
    rows = session.execute(
        select(Need, Member.name, Member.key, Category.name, DemandRound.title)
        .join(Member, Member.id == Need.member_id)
        .outerjoin(Category, Category.id == Need.category_id)
        .outerjoin(DemandRound, DemandRound.id == Need.round_id)
        .where(wanted)
        .order_by(Need.reported_at.desc(), Need.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        NeedSeen(need, member, key, category or "", title or "")
        for need, member, key, category, title in rows
    ]
