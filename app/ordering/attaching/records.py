"""Papers of call-offs, and those that wait for an order that is still being written."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

import app.accounts.records
import app.archive.records
import app.ordering.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record
from app.database.guards import append_only


class KeptPaper(Record):
    """A file that somebody added to an order before sending it."""

    __tablename__ = "kept_paper"
    __table_args__ = (Index("ix_kept_paper_owner", "member_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    confirms_funds: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="the budget unit's word on it"
    )
    at: Mapped[datetime]


class CallOffPaper(Record):
    """A file that belongs to a call-off; `by` added it."""

    __tablename__ = "call_off_paper"
    __table_args__ = (
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        Index("ix_call_off_paper_call_off", "call_off_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int]
    member_id: Mapped[int]
    by: Mapped[int] = mapped_column("by_person", ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    confirms_funds: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="the budget unit's word on it"
    )
    at: Mapped[datetime]


append_only(CallOffPaper.metadata.tables[CallOffPaper.__tablename__])
