"""What happens once: answered requests, and numbers without gaps."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record


class IdempotencyKey(Record):
    """A request that was answered: the same key with the same content gets the same answer."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("scope", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), comment="member, person and use case")
    key: Mapped[str] = mapped_column(String(120))
    request_sha256: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Text, comment="JSON: status and body or numbers")
    at: Mapped[datetime]


class NumberSeries(Record):
    """The last number drawn of a series; drawn inside the transaction that uses it."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]
