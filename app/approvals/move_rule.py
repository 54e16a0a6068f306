"""Moving a rule one place up or down: the first that fits decides."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.add_rule import TableKeeper
from app.approvals.records import ApprovalRule
from app.approvals.table_queries import rule_row
from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.members.queries import member_of


def move_rule(session: Session, by: TableKeeper, rule_id: int, now: datetime, *, up: bool) -> None:
    """At the end of the table nothing happens. NotFound as everywhere."""
    tenant = Tenant(by.member_id)
    rule_row(session, tenant, rule_id)
    rows = list(
        session.scalars(
            select(ApprovalRule)
            .where(ApprovalRule.member_id == by.member_id, ApprovalRule.ended_on.is_(None))
            .order_by(ApprovalRule.position, ApprovalRule.id)
            .with_for_update()
        )
    )
    here = next(at for at, row in enumerate(rows) if row.id == rule_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        row.position = position
    session.flush()
    key = member_of(session, tenant, by.member_id).key
    said: dict[str, object] = {"order": [row.id for row in rows]}
    happening = Happening("approval_rule.moved", f"approval-rule:{rule_id}", by.name, said)
    append(session, member_stream(key), now, happening)
