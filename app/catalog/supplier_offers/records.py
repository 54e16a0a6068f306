"""Price lists of single suppliers: sent by one person, put in force by a second one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.database.marks import CATALOG, marked
from app.kernel.unit_price import UnitPrice


class SupplierPriceList(Record):
    """Everything that one supplier of a lot delivers, from a day on until its next list begins."""

    __tablename__ = "supplier_price_list"
    __table_args__ = (
        UniqueConstraint("supplier_id", "number"),
        CheckConstraint("published_by <> sent_by", name="four_eyes"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("framework_supplier.id"))
    number: Mapped[int]
    valid_from: Mapped[date] = mapped_column(comment="until the day on which the next list begins")
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, comment="remarks")
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(comment="before it: discarded")

    @property
    def counts(self) -> bool:
        """In force, or to be on its day."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_draft(self) -> bool:
        return self.published_at is None and self.withdrawn_at is None


_DECIDED = ("published_by", "published_at", "withdrawn_by", "withdrawn_at")
frozen(table_of(SupplierPriceList), but=_DECIDED, deletable=False)
marked(CATALOG, table_of(SupplierPriceList))


class SupplierPrice(Record):
    """The net price of an article from a quantity on, in one list."""

    __tablename__ = "supplier_price"
    __table_args__ = (
        UniqueConstraint("price_list_id", "article_id", "lower_bound"),
        Index("ix_supplier_price_article_id", "article_id"),
        CheckConstraint("lower_bound >= 1", name="lower_bound"),
        CheckConstraint("unit_price > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    price_list_id: Mapped[int] = mapped_column(ForeignKey("supplier_price_list.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    lower_bound: Mapped[int]
    unit_price: Mapped[UnitPrice]


append_only(table_of(SupplierPrice))
