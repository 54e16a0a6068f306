"""Facts with the documents that prove them, and what other people say about these.

That is the second person's verdict, the exception for what has expired, and the reminders.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.database.marks import REGISTER, marked
from app.eligibility.override_guard import only_for_expired
from app.eligibility.rules_override import MOST_DAYS
from app.kernel.money import Money


class EvidenceDocument(Record):
    """A document that proves facts; its content lies in the archive under its hash."""

    __tablename__ = "evidence_document"
    __table_args__ = (Index("uq_evidence_document_id_stored_by", "id", "stored_by", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(40), comment="legal_opinion, statutes, ...")
    title: Mapped[str] = mapped_column(String(200))
    document_date: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="last day")
    review_due: Mapped[date | None] = mapped_column(comment="last day before a new review")
    confidential: Mapped[bool] = mapped_column(default=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    file_sha256: Mapped[str] = mapped_column(String(64), index=True, comment="in the archive")
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    demonstration: Mapped[bool] = mapped_column(default=False)
    stored_at: Mapped[datetime]
    stored_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approval_needed: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="counts only after a second person's verdict",
    )


append_only(table_of(EvidenceDocument))


class Fact(Record):
    """A dated statement about somebody or something; a change is a new row."""

    __tablename__ = "fact"
    __table_args__ = (Index("ix_fact_scope", "scope_type", "scope_key", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    scope_type: Mapped[str] = mapped_column(
        String(20), comment="cooperative, operating_company, member, framework, chain_link, ..."
    )
    scope_key: Mapped[str] = mapped_column(String(60), comment="member key, number, link key or ''")
    value: Mapped[str] = mapped_column(Text, comment="canonical JSON")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="last day")
    review_due: Mapped[date | None]
    evidence_document_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_document.id"))
    asserted_at: Mapped[datetime]
    asserted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("fact.id"))


frozen(table_of(Fact), but=("superseded_by",), deletable=False)


class Turnover(Record):
    """One closed fiscal year of a body, for the activity test (§ 108 Abs. 7 GWB, rule K-06)."""

    __tablename__ = "turnover"
    __table_args__ = (
        UniqueConstraint("body", "fiscal_year", "revision"),
        CheckConstraint("basis = 'turnover' OR basis = 'cost'", name="basis"),
        CheckConstraint("revision = 1 OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(String(20), comment="cooperative or operating_company")
    fiscal_year: Mapped[int]
    revision: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="a later one corrects; both stay"
    )
    reason: Mapped[str] = mapped_column(
        Text, default="", server_default="", comment="why it was corrected"
    )
    basis: Mapped[str] = mapped_column(
        String(10),
        default="turnover",
        server_default="turnover",
        comment="turnover or cost, § 108 Abs. 7 Satz 1 and 2 GWB",
    )
    total: Mapped[Money]
    members: Mapped[Money]
    nonmembers_public: Mapped[Money]
    private: Mapped[Money]
    grants: Mapped[Money]
    consolidated: Mapped[bool] = mapped_column(default=False)
    is_group_parent: Mapped[bool] = mapped_column(default=False)
    audited: Mapped[bool] = mapped_column(default=True)
    evidence_document_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_document.id"))
    recorded_at: Mapped[datetime]


append_only(table_of(Turnover))


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
for counted in (EvidenceDocument, Fact, Turnover, EvidenceVerdict, EvidenceOverride):
    marked(REGISTER, table_of(counted))
marked(REGISTER, table_of(OverrideRequest), inserts=False)  # a request alone excuses nothing
only_for_expired(table_of(EvidenceOverride))
