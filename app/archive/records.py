"""The table of stored files."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.database.guards import append_only


class StoredFile(Record):
    """One content, written in the transaction of the business fact that it proves."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]


append_only(StoredFile.metadata.tables[StoredFile.__tablename__])
