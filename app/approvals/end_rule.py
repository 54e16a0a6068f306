"""Ending a rule: orders under way keep it, new ones do not meet it any more."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.add_rule import TableKeeper
from app.approvals.table_queries import rule_row
from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.kernel.legal_day import legal_day
from app.members.queries import member_of


def end_rule(session: Session, by: TableKeeper, rule_id: int, now: datetime) -> None:
    """From today on. NotFound for another member's rule and for one that has ended."""
    tenant = Tenant(by.member_id)
    found = rule_row(session, tenant, rule_id)
    found.ended_on = legal_day(now)
    session.flush()
    key = member_of(session, tenant, by.member_id).key
    said: dict[str, object] = {"title": found.title}
    happening = Happening("approval_rule.ended", f"approval-rule:{rule_id}", by.name, said)
    append(session, member_stream(key), now, happening)
