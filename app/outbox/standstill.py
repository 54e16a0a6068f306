"""What a page that waits for a job has to know: whether it failed, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.outbox.records import OutboxMessage


@dataclass(frozen=True, slots=True)
class Standstill:
    """A job that failed and rests; `again` is None where nobody tries it again by itself."""

    again: datetime | None


def standstill(session: Session, dedupe_key: str) -> Standstill | None:
    """None while the job waits for its first turn, is at work, or is done."""
    row = session.execute(
        select(OutboxMessage.due_at, OutboxMessage.dead_at).where(
            OutboxMessage.dedupe_key == dedupe_key,
            OutboxMessage.done_at.is_(None),
            OutboxMessage.last_error.is_not(None),
            OutboxMessage.lease_until.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return Standstill(None if row.dead_at else row.due_at)
