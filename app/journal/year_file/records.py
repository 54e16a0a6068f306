"""The table of files per member and year."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.journal.year_file.rules import YearFileState


class YearFile(Record):
    """All files of a member's orders of one year, written by the worker, with its progress."""

    __tablename__ = "year_file"
    __table_args__ = (
        CheckConstraint("written <= total", name="progress"),
        CheckConstraint("(state = 'done') = (sha256 <> '')", name="done_with_hash"),
        Index("ix_year_file_member", "member_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    year: Mapped[int]
    state: Mapped[YearFileState] = mapped_column(default=YearFileState.WAITING)
    total: Mapped[int] = mapped_column(default=0, comment="orders of the year")
    written: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="", comment="of the finished file")
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
