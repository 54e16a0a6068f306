"""Facts with their evidence, and the decisions made on them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

import app.eligibility.evidence_records  # noqa: F401 - the second person's word on what is here
from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.database.marks import REGISTER, marked
from app.eligibility.override_guard import never_over_a_failed_rule
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
    file_sha256: Mapped[str] = mapped_column(String(64), comment="in the archive")
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


append_only(EvidenceDocument.metadata.tables[EvidenceDocument.__tablename__])


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


frozen(Fact.metadata.tables[Fact.__tablename__], but=("superseded_by",), deletable=False)


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


append_only(Turnover.metadata.tables[Turnover.__tablename__])


class EligibilityDecision(Record):
    """One judgement at one instant: canonical, hashed, chained per member, never changed."""

    __tablename__ = "eligibility_decision"
    __table_args__ = (
        UniqueConstraint("id", "member_id"),
        UniqueConstraint("member_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(36), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    position: Mapped[int] = mapped_column(comment="in the member's chain, from 1")
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    phase: Mapped[str] = mapped_column(String(20), comment="submission, placement, manual")
    reference_instant: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(30))
    snapshot: Mapped[str] = mapped_column(Text, comment="canonical JSON, all that was judged")
    sha256: Mapped[str] = mapped_column(String(64))
    previous_sha256: Mapped[str] = mapped_column(String(64))
    decided_at: Mapped[datetime]


append_only(EligibilityDecision.metadata.tables[EligibilityDecision.__tablename__])
never_over_a_failed_rule(EligibilityDecision.metadata.tables[EligibilityDecision.__tablename__])


class DecisionHead(Record):
    """The end of a member's chain of decisions; locked while one is appended."""

    __tablename__ = "eligibility_decision_head"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    length: Mapped[int]
    head_sha256: Mapped[str] = mapped_column(String(64))


marked(REGISTER, table_of(EvidenceDocument))
marked(REGISTER, table_of(Fact))
marked(REGISTER, table_of(Turnover))
