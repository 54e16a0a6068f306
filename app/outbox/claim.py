"""Taking the next message for a while: two workers never hold the same one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app.outbox.records import Kind, OutboxMessage

LEASE: Final = timedelta(minutes=5)
"""Longer than any step takes; a worker that died gives its message back after it."""


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


class Lane(StrEnum):
    """Long work has a lane of its own: nobody's mail waits behind it."""

    SHORT = "short"
    LONG = "long"


def claim(
    session: Session,
    now: datetime,
    lane: Lane | None = None,
    long: Collection[str] = (),
    key: str | None = None,
) -> Claimed | None:
    """The oldest message that is due, leased; None where nothing waits.

    `long` names the kinds of long work; without a lane everything is taken, with a key (the
    message's dedupe_key) only that one.

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
            *_in_lane(lane, long),
            *([] if key is None else [OutboxMessage.dedupe_key == key]),
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


def stay(session: Session, message_id: int, now: datetime) -> None:
    """Long work is still at it: nobody else takes it up."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.done_at.is_(None))
        .values(lease_until=now + LEASE)
        .execution_options(synchronize_session=False)
    )


def _in_lane(lane: Lane | None, long: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    if lane is None:
        return ()
    is_long = OutboxMessage.name.in_(long)
    return (is_long,) if lane is Lane.LONG else (~is_long,)
