"""What other people say about evidence: the second person's verdict, the exception, reminders."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import REGISTER, marked
from app.eligibility.override_guard import only_for_expired
from app.eligibility.rules_override import MOST_DAYS


class EvidenceVerdict(Record):
    """Whether an entry counts, said by somebody who did not enter it; said once."""

    __tablename__ = "evidence_verdict"
    __table_args__ = (
        # Who entered the document is copied under a foreign key, so that the CHECK can compare.
        ForeignKeyConstraint(
            ["document_id", "entered_by"],
            ["evidence_document.id", "evidence_document.stored_by"],
        ),
        CheckConstraint("decided_by <> entered_by", name="second_person"),
        CheckConstraint("approved OR length(trim(reason)) > 0", name="refusal_has_reason"),
    )

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entered_by: Mapped[int]
    approved: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class OverrideRequest(Record):
    """Somebody asks that an expired fact may count for some more days."""

    __tablename__ = "evidence_override_request"
    __table_args__ = (
        UniqueConstraint("id", "fact_id", "asked_by", "days"),
        CheckConstraint(f"days BETWEEN 1 AND {MOST_DAYS}", name="days"),
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
        CheckConstraint("expired_on < asked_on", name="only_expired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id"), index=True)
    expired_on: Mapped[date] = mapped_column(comment="the fact's last day")
    asked_on: Mapped[date]
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]


class EvidenceOverride(Record):
    """The second person's answer; confirmed at most once for a fact, so 30 days are the end."""

    __tablename__ = "evidence_override"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "fact_id", "asked_by", "days"],
            [
                "evidence_override_request.id",
                "evidence_override_request.fact_id",
                "evidence_override_request.asked_by",
                "evidence_override_request.days",
            ],
        ),
        CheckConstraint("decided_by <> asked_by", name="second_person"),
        CheckConstraint(f"days BETWEEN 1 AND {MOST_DAYS}", name="days"),
        CheckConstraint("confirmed OR length(trim(reason)) > 0", name="refusal_has_reason"),
        Index(
            "uq_evidence_override_fact",
            "fact_id",
            unique=True,
            sqlite_where=text("confirmed"),
            postgresql_where=text("confirmed"),
        ),
    )

    request_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fact_id: Mapped[int]
    asked_by: Mapped[int]
    days: Mapped[int]
    confirmed: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    begins_on: Mapped[date] = mapped_column(comment="the first of the days")
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class EvidenceReminder(Record):
    """One reminder of one last day of a fact: what stands here was told."""

    __tablename__ = "evidence_reminder"

    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id"), primary_key=True, autoincrement=False
    )
    last_day: Mapped[date] = mapped_column(primary_key=True)
    stage: Mapped[int] = mapped_column(primary_key=True, comment="days before: 90, 30, 7, 0")
    told_at: Mapped[datetime]


for record in (EvidenceVerdict, OverrideRequest, EvidenceOverride, EvidenceReminder):
    append_only(table_of(record))
for record in (EvidenceVerdict, EvidenceOverride):
    marked(REGISTER, table_of(record))
marked(REGISTER, table_of(OverrideRequest), inserts=False)  # a request alone excuses nothing
only_for_expired(table_of(EvidenceOverride))
