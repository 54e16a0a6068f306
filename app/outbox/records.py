"""What is still to be sent or done."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record


class Kind(StrEnum):
    MAIL = "mail"
    JOB = "job"


class OutboxMessage(Record):
    """One mail or job; claimed by a lease, tried again with growing pauses, dead after a limit."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index("ix_outbox_message_open", "done_at", "dead_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    name: Mapped[str] = mapped_column(String(80), comment="mail template or job kind")
    recipient: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    dedupe_key: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)


class WorkerBeat(Record):
    """When a worker was last seen alive; readiness asks for it."""

    __tablename__ = "worker_beat"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
