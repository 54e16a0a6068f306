"""How much waits for one approver: a number on every page, from one light statement.

The rule is the list's own (`signing.mandate`); the statement only brings what the rule asks about,
without lines, of what waits at all. Mostly nothing does, and then nothing else is asked.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.approvals.path_queries import current_paths
from app.audit.append import member_stream
from app.audit.records import AuditStream
from app.database.straight import fetch_all
from app.database.tenant import Tenant
from app.members.asking import MemberSeen
from app.members.queries import standing_member
from app.members.records import Member
from app.ordering.basket.contents import Owner
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeState
from app.ordering.changing.waiting_changes import decidable_changes_count
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION
from app.ordering.signing.mandate import mandate_on
from app.ordering.signing.steps_of_order import has_table
from app.ordering.signing.who_decides import Awaited

_CHAIN: Final = "length of the member's chain"
_LENGTH: Final = (
    select(AuditStream.length).where(AuditStream.name == bindparam("chain")).scalar_subquery()
)
CHAIN_LENGTH: Final = func.coalesce(_LENGTH, 0).label("chain_length")
"""Every step of an order or its change stands on the member's chain, which only grows."""
_AGREED: Final = (
    select(func.count())
    .select_from(CallOffChange)
    .where(CallOffChange.member_id == Member.id, CallOffChange.state == ChangeState.AGREED)
    .correlate(Member)
    .scalar_subquery()
    .label("agreed")
)
_WAITING: Final = (
    select(
        CHAIN_LENGTH,
        _AGREED,
        CallOff.number,
        CallOff.ordered_by,
        CallOff.unit_id,
        CallOff.net,
        CallOff.gross,
    )
    .select_from(Member)
    .outerjoin(
        CallOff,
        and_(
            CallOff.member_id == Member.id,
            or_(*(CallOff.state == state for state in HOLDS_RESERVATION)),
        ),
    )
    .where(Member.id == bindparam("member"))
)


def waiting_count(session: Session, seen: MemberSeen, owner: Owner, now: datetime) -> int:
    """Orders, and changes of placed orders, that this very person may decide on."""
    rows = fetch_all(
        session, _WAITING, {"member": owner.member_id, "chain": member_stream(seen.key)}
    )
    session.info[_CHAIN] = rows[0].chain_length
    orders = [row for row in rows if row.number is not None]
    changes = decidable_changes_count(session, owner, now) if rows[0].agreed else 0
    if not orders:
        return changes
    member = standing_member(session, Tenant(owner.member_id), owner.member_id)
    paths = {}
    if has_table(session, member.id):
        paths = current_paths(session, member.id, [row.number for row in orders])
    awaited = [
        (
            Awaited(
                member.id,
                row.net if member.approval_limit_is_net else row.gross,
                row.ordered_by,
                row.unit_id,
            ),
            paths.get(row.number),
        )
        for row in orders
    ]
    mandates = [
        mandate_on(session, member, one, path, owner.person_id, now) for one, path in awaited
    ]
    return changes + sum(1 for one in mandates if one is not None)


def chain_counted(session: Session) -> int | None:
    """How long the chain was when the count was read; None where nothing was counted."""
    length: int | None = session.info.get(_CHAIN)
    return length
