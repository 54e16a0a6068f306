"""Free positions as somebody entered them: unchangeable, each ordered once at most."""

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

import app.accounts.records
import app.archive.records
import app.frameworks.records
import app.members.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record, table_of
from app.database.guards import frozen
from app.kernel.german import day
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice


class FreePosition(Record):
    """Goods outside the price list of an open lot; its number is what baskets and orders name."""

    __tablename__ = "free_position"
    __table_args__ = (
        UniqueConstraint("id", "member_id"),
        ForeignKeyConstraint(["unit_id", "member_id"], ["unit.id", "unit.member_id"]),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("unit_price > 0", name="unit_price"),
        CheckConstraint("quote_valid_until >= quote_date", name="quote_validity"),
        Index("ix_free_position_member_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    unit_id: Mapped[int | None] = mapped_column(comment="of a person bound to it, as in orders")
    entered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    name: Mapped[str] = mapped_column(String(255))
    manufacturer: Mapped[str] = mapped_column(String(100))
    quantity: Mapped[int] = mapped_column(comment="for which the quote names its price")
    unit_price: Mapped[UnitPrice] = mapped_column(comment="net, of the quote")
    tax_percent: Mapped[int]
    delivery_days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, comment="why it belongs to the lot and to no list")
    supplier: Mapped[str] = mapped_column(String(160))
    quote_number: Mapped[str] = mapped_column(String(60))
    quote_date: Mapped[date]
    quote_valid_until: Mapped[date] = mapped_column(comment="last day")
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    entered_at: Mapped[datetime]
    ordered_as: Mapped[str | None] = mapped_column(
        String(40), comment="the only call-off that may ever name it"
    )

    @property
    def words(self) -> str:
        """The quote in one line, for exports."""
        return (
            f"{self.quote_number} von {self.supplier} vom {day(self.quote_date)}, "
            f"gültig bis {day(self.quote_valid_until)}, SHA-256 {self.file_sha256}"
        )

    @property
    def net(self) -> Money:
        return self.unit_price.times(self.quantity)


frozen(table_of(FreePosition), but=("ordered_as",), deletable=False)
