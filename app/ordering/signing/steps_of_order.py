"""The steps that an order needs by its member's rule table; without a table it costs nothing."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.open_path import open_path
from app.approvals.path_queries import current_path
from app.approvals.record_verdict import Subject
from app.approvals.rules_path import Path
from app.approvals.rules_table import Asked
from app.approvals.table_queries import categories_above, table_of_member, units_above
from app.catalog.records import Article
from app.database.marks import unchanged
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.members.queries import has_role
from app.members.records import Member
from app.members.rules import Role
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.shares.write_shares import shares_of
from app.ordering.signing.version import value_of, version_sha256

WITHOUT_EFFECT: Final = (State.REJECTED, State.CANCELLED)


def has_table(session: Session, member_id: int) -> bool:
    """Whether the member ever had a rule; asked of what is kept."""
    with unchanged(session):
        return table_of_member(session, member_id).ever_used


def path_of_order(session: Session, found: CallOff) -> Path | None:
    """The present round; None where the value limit decides alone."""
    if not table_of_member(session, found.member_id).ever_used:
        return None
    return current_path(session, found.member_id, found.number)


def open_steps(session: Session, member: Member, found: CallOff, now: datetime) -> bool:
    """By the table of today; False where no rule fits, or the rule of self-approval covers it."""
    if not has_table(session, member.id):
        return False
    if decides_alone(session, member, found.ordered_by, value_of(member, found), now):
        return False
    asked = asked_of(session, member, found, now)
    subject = Subject(
        member.id,
        found.number,
        version_sha256(session, found),
        asked.value,
        found.ordered_by,
    )
    return open_path(session, subject, asked, now) is not None


def renew_steps(session: Session, member: Member, found: CallOff, now: datetime) -> bool:
    """After a material change earlier signatures are void: a new round begins.

    A change that the hash does not see is cosmetic: nothing happens and False is given.
    """
    path = path_of_order(session, found)
    if path is None or path.sha256 == version_sha256(session, found):
        return False
    return open_steps(session, member, found, now)


def asked_of(session: Session, member: Member, found: CallOff, now: datetime) -> Asked:
    """What the table asks about an order that is on record."""
    shares = shares_of(session, found.id) if found.is_split else ()
    accounts = {found.product_account, *(one.coding.product_account for one in shares)} - {""}
    articles = [line.article_id for line in found.lines]
    value = value_of(member, found)
    days = table_of_member(session, member.id).window_days
    return Asked(
        value=value,
        counted=value + _ordered_before(session, member, found, now, days),
        accounts=frozenset(accounts),
        categories=categories_of(session, articles),
        units=units_above(session, found.unit_id),
    )


def categories_of(session: Session, article_ids: list[int | None]) -> frozenset[int]:
    """The groups of goods of these articles with all groups above them; a quote has none."""
    listed = [one for one in article_ids if one is not None]
    direct = session.scalars(
        select(Article.category_id).where(Article.id.in_(listed)).distinct()
    ).all()
    return categories_above(session, frozenset(one for one in direct if one is not None))


def ordered_shortly_before(
    session: Session, member: Member, person_id: int, account: str, now: datetime
) -> Money:
    """What a new order of this person on this account is counted together with."""
    days = table_of_member(session, member.id).window_days
    return _sum(session, member, person_id, account, now, days, None)


def _ordered_before(
    session: Session, member: Member, found: CallOff, now: datetime, days: int
) -> Money:
    return _sum(session, member, found.ordered_by, found.product_account, now, days, found.id)


def _sum(  # noqa: PLR0913, PLR0917 - whose orders, on what, since when, but which
    session: Session,
    member: Member,
    person_id: int,
    account: str,
    now: datetime,
    days: int,
    but: int | None,
) -> Money:
    if not days:
        return NOTHING
    column = CallOff.net if member.approval_limit_is_net else CallOff.gross
    total = session.scalar(
        select(func.sum(column, type_=column.type)).where(
            CallOff.member_id == member.id,
            CallOff.ordered_by == person_id,
            CallOff.product_account == account,
            CallOff.submitted_at > now - timedelta(days=days),
            CallOff.state.not_in(WITHOUT_EFFECT),
            CallOff.id != (but or 0),
        )
    )
    return total or NOTHING


def decides_alone(
    session: Session, member: Member, person_id: int, value: Money, now: datetime
) -> bool:
    """Within the documented rule of a small administration no steps are needed."""
    return (
        member.self_approval_evidence_id is not None
        and value <= member.self_approval_limit
        and has_role(session, person_id, Role.APPROVER, legal_day(now))
    )
