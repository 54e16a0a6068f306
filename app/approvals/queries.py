"""Verdicts over one subject."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.records import Approval


def verdicts(session: Session, member_id: int, subject: str) -> Sequence[Approval]:
    """In the order in which they were given."""
    return session.scalars(
        select(Approval)
        .where(Approval.member_id == member_id, Approval.subject == subject)
        .order_by(Approval.id)
    ).all()
