"""Taking the next message for a while: two workers never hold the same one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.outbox.records import Kind, OutboxMessage

LEASE: Final = timedelta(minutes=5)
"""Longer than any job takes; a worker that died gives its message back after it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A copy of the message: nothing of it is bound to the transaction that claimed it."""

    id: int
    kind: Kind
    name: str
    recipient: str
    subject: str
    body: str
    dedupe_key: str
    attempts: int


def claim(session: Session, now: datetime) -> Claimed | None:
    """The oldest message that is due, leased; None where nothing waits.

    One statement on both databases: PostgreSQL skips rows that another worker is taking, SQLite
    lets only one writer in.
    """
    due = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.done_at.is_(None),
            OutboxMessage.dead_at.is_(None),
            OutboxMessage.due_at <= now,
            or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until <= now),
        )
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == due)
        .values(lease_until=now + LEASE, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if taken is None:
        return None
    return Claimed(
        id=taken.id,
        kind=taken.kind,
        name=taken.name,
        recipient=taken.recipient or "",
        subject=taken.subject or "",
        body=taken.body,
        dedupe_key=taken.dedupe_key,
        attempts=taken.attempts,
    )
