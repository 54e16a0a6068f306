"""Periods of membership as they were known at an instant, later corrections left out."""

from typing import Any, Final

from sqlalchemy import Subquery, bindparam, select, union_all

from app.members.records import Membership, MembershipPast

_NOW: Final = (
    Membership.member_id,
    Membership.effective_from,
    Membership.effective_to,
    Membership.notice_received_on,
    Membership.share_paid_on,
    Membership.votes,
    Membership.resolved_on,
    Membership.recorded_at,
)


def known_periods(known: Any = None) -> Subquery:
    """The columns of a membership; `known` is an instant, or nothing for a statement's own.

    A statement built once binds the instant as `known`.
    """
    at = bindparam("known", type_=Membership.recorded_at.type) if known is None else known
    past = MembershipPast
    still = select(*_NOW).where(Membership.recorded_at <= at)
    then = select(
        past.member_id,
        past.effective_from,
        past.effective_to,
        past.notice_received_on,
        past.share_paid_on,
        past.votes,
        past.resolved_on,
        past.known_from,
    ).where(past.known_from <= at, past.known_until > at)
    return union_all(still, then).subquery("known_periods")
