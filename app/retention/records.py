"""Changes of the schedule, holds, and the log of what was erased."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.archive.records import ErasedFile, StoredFile
from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.retention.erasure_guard import guard_erasure
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
    subject: Mapped[str] = mapped_column(
        String(60), comment="all, member:KEY, person:NUMBER, framework:NUMBER"
    )
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


class ErasureProposal(Record):
    """Somebody says that a list of files may go."""

    __tablename__ = "erasure_proposal"
    __table_args__ = (UniqueConstraint("id", "proposed_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]


class ErasureItem(Record):
    """One file of a list: what it is, and under which line of the schedule its period is over."""

    __tablename__ = "erasure_item"
    __table_args__ = (
        UniqueConstraint("proposal_id", "sha256"),
        Index("ix_erasure_item_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("erasure_proposal.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    kind: Mapped[Kept]
    line: Mapped[str] = mapped_column(String(300), comment="of the schedule, as it stood")
    what: Mapped[str] = mapped_column(String(300))
    since: Mapped[date] = mapped_column(comment="from when the period counts")
    kept_until: Mapped[date] = mapped_column(comment="its last day")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    size: Mapped[int]


class ErasureRelease(Record):
    """What a second person said to a list; said once."""

    __tablename__ = "erasure_release"
    __table_args__ = (
        # Who proposed is copied under a foreign key, so that the CHECK can compare.
        ForeignKeyConstraint(
            ["proposal_id", "proposed_by"],
            ["erasure_proposal.id", "erasure_proposal.proposed_by"],
        ),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("released OR length(trim(reason)) > 0", name="refusal_has_reason"),
    )

    proposal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposed_by: Mapped[int]
    released: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300), default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


append_only(table_of(RetentionRule))
append_only(table_of(ErasureRun))
frozen(table_of(LegalHold), ("lift_reason", "lifted_at", "lifted_by"))
for _record in (ErasureProposal, ErasureItem, ErasureRelease):
    append_only(table_of(_record))
guard_erasure(table_of(StoredFile), table_of(ErasedFile), table_of(RetentionRule))
