"""What people were told, and how they want to be told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.marks import marked
from app.notices.rules import Event, MailWay

NOTICES = "notices"
"""The mark of the unread counts; only the worker and readers of notices write it, no order does."""


class Notice(Record):
    """One line for one person; the same cause is told to nobody twice."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "cause"),
        Index("ix_notice_person_read", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    event: Mapped[Event]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(String(300), comment="path in the portal")
    cause: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    in_portal: Mapped[bool] = mapped_column(comment="else it is kept for the daily mail only")
    read_at: Mapped[datetime | None]
    waits_for_digest: Mapped[bool] = mapped_column(default=False)


class NoticeChoice(Record):
    """What a person chose for one event; without a row the default counts."""

    __tablename__ = "notice_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    event: Mapped[Event] = mapped_column(primary_key=True)
    in_portal: Mapped[bool]
    mail: Mapped[MailWay]


class NoticeTimes(Record):
    """Quiet hours and the hour of the daily mail, in Germany."""

    __tablename__ = "notice_times"
    __table_args__ = (
        CheckConstraint("quiet_from BETWEEN 0 AND 23", name="quiet_from"),
        CheckConstraint("quiet_to BETWEEN 0 AND 23", name="quiet_to"),
        CheckConstraint("digest_at BETWEEN 0 AND 23", name="digest_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    quiet_from: Mapped[int]
    quiet_to: Mapped[int]
    digest_at: Mapped[int]


marked(NOTICES, table_of(Notice))
