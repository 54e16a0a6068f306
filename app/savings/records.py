"""Market prices that somebody saw elsewhere, kept with their source."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.database.guards import append_only
from app.kernel.unit_price import UnitPrice


class MarketPrice(Record):
    """One price of an article on the open market; never changed, a newer one is a new row."""

    __tablename__ = "market_price"
    __table_args__ = (
        CheckConstraint("unit_price > 0", name="positive"),
        Index("ix_market_price_member_sku", "member_id", "sku", "seen_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    sku: Mapped[str] = mapped_column(String(64))
    unit_price: Mapped[UnitPrice] = mapped_column(comment="net, delivered, same warranty")
    source: Mapped[str] = mapped_column(String(200), comment="offer number or address")
    seen_on: Mapped[date] = mapped_column(comment="counts for orders within 30 days")
    same_specification: Mapped[bool]
    is_list_price: Mapped[bool] = mapped_column(comment="a list price is no market evidence")
    demonstration: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


append_only(MarketPrice.metadata.tables[MarketPrice.__tablename__])
