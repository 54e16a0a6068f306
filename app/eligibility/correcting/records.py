"""Corrections of memberships: what shall stand there, why, and what the second person said."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only


class MembershipCorrection(Record):
    """Somebody asks that a period says something else, or was never one."""

    __tablename__ = "membership_correction"
    __table_args__ = (
        UniqueConstraint("id", "asked_by"),
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    membership_id: Mapped[int] = mapped_column(comment="may be withdrawn later")
    withdraws: Mapped[bool] = mapped_column(comment="there never was such a period")
    resolved_on: Mapped[date | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    notice_received_on: Mapped[date | None]
    share_paid_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]


class CorrectionVerdict(Record):
    """The second person's word; said once."""

    __tablename__ = "membership_correction_verdict"
    __table_args__ = (
        # Who asked is copied under a foreign key, so that the CHECK can compare.
        ForeignKeyConstraint(
            ["correction_id", "asked_by"],
            ["membership_correction.id", "membership_correction.asked_by"],
        ),
        CheckConstraint("decided_by <> asked_by", name="second_person"),
        CheckConstraint("approved OR length(trim(reason)) > 0", name="refusal_has_reason"),
    )

    correction_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_by: Mapped[int]
    approved: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


append_only(table_of(MembershipCorrection))
append_only(table_of(CorrectionVerdict))
