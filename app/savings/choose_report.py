"""Which report somebody may open: the own member's, or for all-member roles any or the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.queries import NO_MEMBER, member_by_key, member_of
from app.members.records import Member
from app.savings.queries import months_with_orders


@dataclass(frozen=True, slots=True)
class Chosen:
    """`member` None means the report over all members."""

    member: Member | None
    month: Month


def choose_report(
    session: Session, tenant: Tenant, member_key: str, month: str, now: datetime
) -> Chosen:
    """Empty texts choose the own member (or all) and last month.

    Another member's key is NotFound; a text that is no month, or a month to come, is Malformed.
    """
    return Chosen(_member(session, tenant, member_key), _month(month, now))


def _member(session: Session, tenant: Tenant, key: str) -> Member | None:
    if tenant.member_id is None:
        return member_by_key(session, key) if key else None
    own = member_of(session, tenant, tenant.member_id)
    if key not in {"", own.key}:
        raise NotFound(NO_MEMBER)
    return own


def _month(text: str, now: datetime) -> Month:
    present = Month.of(legal_day(now))
    if not text:
        return present.previous()
    found = Month.parse(text)
    if found is None:
        raise Malformed(FieldError("month", "month", "Bitte geben Sie den Monat so an: 2026-10."))
    if found > present:
        raise Malformed(FieldError("month", "in_future", "Dieser Monat hat noch nicht begonnen."))
    return found


def months_to_choose(
    session: Session, tenant: Tenant, chosen: Month, now: datetime
) -> tuple[Month, ...]:
    """The latest first: every month with orders, the present one and the chosen one."""
    known = {*months_with_orders(session, tenant), Month.of(legal_day(now)), chosen}
    return tuple(sorted(known, reverse=True))


def members_to_choose(session: Session, tenant: Tenant) -> Sequence[tuple[str, str]]:
    """(key, name) by name; a member's own people have nothing to choose."""
    if tenant.member_id is not None:
        return ()
    return session.execute(select(Member.key, Member.name).order_by(Member.name)).all()
