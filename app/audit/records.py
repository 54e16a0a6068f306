"""The chains: one head per stream, one row per event; anchors, and who verified them when."""

from datetime import date, datetime

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


class AuditAnchor(Record):
    """The database's copy of a line of the anchor file: the two must say the same."""

    __tablename__ = "audit_anchor"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(unique=True)
    sealed_at: Mapped[datetime]
    root: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    line: Mapped[str] = mapped_column(Text, comment="canonical JSON with its signature")


class AuditVerification(Record):
    """Somebody recomputed everything: what was found stays on record."""

    __tablename__ = "audit_verification"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    rows: Mapped[int]
    anchors: Mapped[int]
    findings: Mapped[str] = mapped_column(Text, comment="canonical JSON: one sentence each")


append_only(AuditAnchor.metadata.tables[AuditAnchor.__tablename__])
append_only(AuditVerification.metadata.tables[AuditVerification.__tablename__])
