"""Which wording of the law was put in force, from when, on which gazette, and by whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import app.accounts.records  # noqa: F401 - the table that foreign keys here name
from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import REGISTER, marked


class LawProposal(Record):
    """Somebody says that a wording is in force from a day on."""

    __tablename__ = "law_proposal"
    __table_args__ = (
        UniqueConstraint("id", "proposed_by"),
        CheckConstraint("length(trim(reference)) > 0", name="reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    law_id: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64), comment="of the rules that were read")
    valid_from: Mapped[date]
    reference: Mapped[str] = mapped_column(String(200), comment="Federal Law Gazette")
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]


class LawVerdict(Record):
    """What a second person said to it; said once."""

    __tablename__ = "law_verdict"
    __table_args__ = (
        # Who proposed is copied under a foreign key, so that the CHECK can compare.
        ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["law_proposal.id", "law_proposal.proposed_by"]
        ),
        CheckConstraint("decided_by <> proposed_by", name="second_person"),
        CheckConstraint("approved OR length(trim(reason)) > 0", name="refusal_has_reason"),
    )

    proposal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposed_by: Mapped[int]
    approved: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(1000), default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


for _record in (LawProposal, LawVerdict):
    append_only(table_of(_record))
    marked(REGISTER, table_of(_record))
