"""Market prices that somebody saw elsewhere, kept with their source, and checks of up to three."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.kernel.unit_price import UnitPrice
from app.ordering.market.rules import MarketOutcome


class MarketCheck(Record):
    """One look at the market for one article, and the decision; a newer one is a new row."""

    __tablename__ = "market_check"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("(outcome = 'elsewhere') = (need_id IS NOT NULL)", name="need"),
        CheckConstraint(
            "NOT cheaper_elsewhere OR length(trim(reason)) > 0", name="reason_if_cheaper"
        ),
        Index("ix_market_check_member_sku", "member_id", "sku", "checked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    sku: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[int]
    contract_price: Mapped[UnitPrice] = mapped_column(comment="the framework's at that moment")
    cheaper_elsewhere: Mapped[bool]
    result: Mapped[str] = mapped_column(String(200), comment="the sentence that was shown")
    outcome: Mapped[MarketOutcome]
    reason: Mapped[str] = mapped_column(Text, default="")
    need_id: Mapped[int | None] = mapped_column(ForeignKey("demand_need.id"))
    checked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]


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
    check_id: Mapped[int | None] = mapped_column(ForeignKey("market_check.id"), index=True)
    file_sha256: Mapped[str | None] = mapped_column(
        String(64), index=True, comment="in the archive"
    )
    file_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    demonstration: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


append_only(table_of(MarketCheck))
append_only(table_of(MarketPrice))
