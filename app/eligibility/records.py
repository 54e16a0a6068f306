"""The decisions on record, and the end of each member's chain of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.eligibility.override_guard import never_over_a_failed_rule


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


append_only(table_of(EligibilityDecision))
never_over_a_failed_rule(table_of(EligibilityDecision))


class DecisionHead(Record):
    """The end of a member's chain of decisions; locked while one is appended."""

    __tablename__ = "eligibility_decision_head"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    length: Mapped[int]
    head_sha256: Mapped[str] = mapped_column(String(64))
