"""Stock figures of articles, the latest of each supplier, and the files they came in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import STOCK, marked


class StockReport(Record):
    """What somebody reported at once: a file, or a call of the interface."""

    __tablename__ = "stock_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    supplier: Mapped[str] = mapped_column(String(160), comment="by name")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    reported_at: Mapped[datetime]
    figures: Mapped[int] = mapped_column(comment="taken over")
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


append_only(table_of(StockReport))


class StockFigure(Record):
    """How many pieces a supplier had at an instant; a newer figure replaces it."""

    __tablename__ = "stock_figure"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        UniqueConstraint("article_id", "supplier_id"),
        Index(
            "uq_stock_figure_only_supplier",
            "article_id",
            unique=True,
            sqlite_where=text("supplier_id IS NULL"),
            postgresql_where=text("supplier_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    supplier_id: Mapped[int | None] = mapped_column(
        ForeignKey("framework_supplier.id"), comment="null: the agreement's only supplier"
    )
    report_id: Mapped[int] = mapped_column(ForeignKey("stock_report.id"))
    quantity: Mapped[int]
    as_of: Mapped[datetime]
    counts_until: Mapped[date] = mapped_column(comment="last day on which it is believed")
    next_on: Mapped[date | None] = mapped_column(comment="when more is expected")
    dispatch_days: Mapped[int | None] = mapped_column(comment="working days from stock to member")


marked(STOCK, table_of(StockFigure))
