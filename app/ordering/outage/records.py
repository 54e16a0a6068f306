"""Blocks of numbers for call-offs on paper; a number's use stands in the call-off itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import app.accounts.records
import app.archive.records
import app.members.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record
from app.database.guards import append_only


class OutageFormBlock(Record):
    """Consecutive forms that were printed for a member; each number counts once."""

    __tablename__ = "outage_form_block"
    __table_args__ = (
        UniqueConstraint("member_id", "first"),
        CheckConstraint("first >= 1 AND last >= first", name="numbers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    first: Mapped[int]
    last: Mapped[int]
    pdf_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    issued_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]


append_only(OutageFormBlock.metadata.tables[OutageFormBlock.__tablename__])
