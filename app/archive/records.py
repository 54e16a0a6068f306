"""Stored files, and the register of those whose content was erased."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.kernel.german import day
from app.kernel.legal_day import legal_day


class StoredFile(Record):
    """One content, written in the transaction of the business fact that it proves.

    The row stays for ever. Its content alone may be emptied, as `retention` guards it. It is the
    last column: SQLite spreads out in memory what it makes room for anywhere else.
    """

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    stored_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ErasedFile(Record):
    """A content that went after its period: what it was, under which line, by whom released.

    Two people, named by number as in the audit trail. A file that somebody hands in once more has
    its content again; the entry stays.
    """

    __tablename__ = "erased_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    item: Mapped[int] = mapped_column(unique=True, comment="of the released list, erasure_item.id")
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(comment="before")
    what: Mapped[str] = mapped_column(String(300))
    line: Mapped[str] = mapped_column(String(300), comment="of the schedule, as it stood")
    kept_until: Mapped[date] = mapped_column(comment="last day of the period")
    proposed_by: Mapped[str] = mapped_column(String(80))
    released_by: Mapped[str] = mapped_column(String(80))
    released_at: Mapped[datetime]
    erased_at: Mapped[datetime]

    @property
    def sentence(self) -> str:
        """What stands wherever the file is met."""
        return (
            f"Datei nach Ablauf der Frist gelöscht am {day(legal_day(self.erased_at))} "
            f"({self.line}); SHA-256 {self.sha256}"
        )


frozen(table_of(StoredFile), but=("content",), deletable=False)
append_only(table_of(ErasedFile))
