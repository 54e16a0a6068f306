"""Caps of single articles within a lot, and the ledger of what moved them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.frameworks.ceiling_guard import guard_caps
from app.frameworks.rules_ceiling import CeilingMove


class ArticleCap(Record):
    """How many pieces of one article a lot gives at most; the lot's own ceilings hold besides."""

    __tablename__ = "article_cap"
    __table_args__ = (
        UniqueConstraint("lot_id", "sku"),
        CheckConstraint("reserved_quantity >= 0", name="reserved_quantity"),
        CheckConstraint("called_off_quantity >= 0", name="called_off_quantity"),
        CheckConstraint(
            "maximum_quantity IS NULL OR "
            "reserved_quantity + called_off_quantity <= maximum_quantity",
            name="quantity_ceiling",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    sku: Mapped[str] = mapped_column(String(64))
    maximum_quantity: Mapped[int | None] = mapped_column(comment="pieces; null: lifted")
    raised_by: Mapped[int | None] = mapped_column(
        comment="entry of the change log that last raised it (ceiling_guard)"
    )
    given_back_by: Mapped[int | None] = mapped_column(
        comment="entry of its ledger that last lowered what is called off (ceiling_guard)"
    )
    reserved_quantity: Mapped[int] = mapped_column(default=0)
    called_off_quantity: Mapped[int] = mapped_column(default=0)

    @property
    def used(self) -> int:
        return self.reserved_quantity + self.called_off_quantity

    @property
    def free(self) -> int | None:
        return None if self.maximum_quantity is None else self.maximum_quantity - self.used


guard_caps(table_of(ArticleCap))


class CapMovement(Record):
    """The ledger of a cap: its sums are the columns there."""

    __tablename__ = "cap_movement"

    id: Mapped[int] = mapped_column(primary_key=True)
    cap_id: Mapped[int] = mapped_column(ForeignKey("article_cap.id"), index=True)
    move: Mapped[CeilingMove]
    subject: Mapped[str] = mapped_column(String(60), comment="number of the call-off")
    reserved: Mapped[int] = mapped_column(comment="pieces; change, may be negative")
    called_off: Mapped[int] = mapped_column(comment="pieces; change, may be negative")
    at: Mapped[datetime]


append_only(table_of(CapMovement))
