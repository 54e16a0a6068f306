"""The one table of the database layer itself."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record


class Mark(Record):
    """A random word per group of tables, new whenever one of their rows changes."""

    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    word: Mapped[str] = mapped_column(String(36))
