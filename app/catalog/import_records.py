"""What is agreed about a framework's files, and files on their way into the catalog."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record

USUAL_STOCK_DAYS: Final = 3


class ImportTerms(Record):
    """How far prices of a framework may move unasked, and which column of its tables means what."""

    __tablename__ = "import_terms"
    __table_args__ = (
        CheckConstraint("largest_rise >= 0", name="largest_rise"),
        CheckConstraint("largest_fall BETWEEN 0 AND 100", name="largest_fall"),
        CheckConstraint("stock_days BETWEEN 1 AND 30", name="stock_days"),
    )

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), primary_key=True)
    largest_rise: Mapped[int] = mapped_column(default=25, comment="percent")
    largest_fall: Mapped[int] = mapped_column(default=50, comment="percent")
    stock_days: Mapped[int] = mapped_column(
        default=USUAL_STOCK_DAYS,
        server_default=str(USUAL_STOCK_DAYS),
        comment="a stock figure is believed for so many days",
    )
    columns: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="field of an article: head of the column, as last confirmed"
    )


class ImportState(StrEnum):
    WAITING = "waiting"
    MAPPING = "mapping"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


class CatalogImport(Record):
    """A file that somebody sent: read outside of the request, with its progress."""

    __tablename__ = "catalog_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    wishes: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="lot, only a check, character set, columns, out of sequence"
    )
    state: Mapped[ImportState]
    sent_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    articles_read: Mapped[int] = mapped_column(default=0)
    refusal_code: Mapped[str | None] = mapped_column(String(40))
    refusal: Mapped[str | None] = mapped_column(Text)
    version_id: Mapped[int | None] = mapped_column(comment="the draft; it may be gone by now")
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
