"""The chains: one head per stream, one row per event."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.database.guards import append_only

GENESIS = "0" * 64


class AuditStream(Record):
    """The head of one chain; locked while a row is appended."""

    __tablename__ = "audit_stream"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    length: Mapped[int] = mapped_column(default=0)
    head_sha256: Mapped[str] = mapped_column(String(64), default=GENESIS)


class AuditEvent(Record):
    """One thing that happened; its hash covers the hash before it."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("stream", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(String(80), ForeignKey("audit_stream.name"))
    position: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    payload: Mapped[str] = mapped_column(Text)
    previous_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))


append_only(AuditEvent.metadata.tables[AuditEvent.__tablename__])
