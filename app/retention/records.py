"""Changes of the schedule, holds, and the log of what was erased."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.retention.rules import Kept


class RetentionRule(Record):
    """A period of the schedule from a day on; the standard holds where there is none."""

    __tablename__ = "retention_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kept]
    amount: Mapped[int]
    basis: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class LegalHold(Record):
    """Nothing of the subject is erased while the hold stands; who set and who lifted it."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), comment="all, member:KEY or person:NUMBER")
    reason: Mapped[str] = mapped_column(String(300))
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lift_reason: Mapped[str | None] = mapped_column(String(300))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ErasureRun(Record):
    """One run over the schedule: what was due, what was erased, what a hold kept."""

    __tablename__ = "erasure_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    dry: Mapped[bool]
    counted: Mapped[str] = mapped_column(Text, comment="canonical JSON by kind")


append_only(table_of(RetentionRule))
append_only(table_of(ErasureRun))
frozen(table_of(LegalHold), ("lift_reason", "lifted_at", "lifted_by"))
