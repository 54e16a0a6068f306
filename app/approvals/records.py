"""Decisions of people over a frozen version of something."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.approvals.rules import Verdict
from app.database.base import Record
from app.database.guards import append_only
from app.kernel.money import Money


class Approval(Record):
    """One verdict; it binds the hash of what was seen."""

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint(
            "requested_by <> decided_by OR exception_evidence_id IS NOT NULL", name="four_eyes"
        ),
        Index("ix_approval_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    subject: Mapped[str] = mapped_column(String(60), comment="number of what was decided over")
    subject_sha256: Mapped[str] = mapped_column(String(64), comment="of the version that was seen")
    value: Mapped[Money] = mapped_column(comment="gross or net, as the member's limit counts")
    requested_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[Verdict]
    acknowledged: Mapped[str] = mapped_column(String(200), default="", comment="rule ids")
    reason: Mapped[str] = mapped_column(Text, default="")
    exception_evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence_document.id"),
        comment="the member's documented rule for approving one's own order",
    )
    at: Mapped[datetime]


append_only(Approval.metadata.tables[Approval.__tablename__])
