"""What lies in a basket: articles, and the kits they came with."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record


class BasketLine(Record):
    """What somebody put into the basket of a member."""

    __tablename__ = "basket_line"
    __table_args__ = (
        UniqueConstraint("member_id", "person_id", "sku"),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("term >= 1", name="term"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sku: Mapped[str] = mapped_column(String(64))
    quantity: Mapped[int]
    term: Mapped[int | None] = mapped_column(comment="months of rent or pages per piece")
    added_at: Mapped[datetime]


class BasketKit(Record):
    """How many of a kit somebody put in; the quantities of its articles stand in the lines."""

    __tablename__ = "basket_kit"
    __table_args__ = (
        UniqueConstraint("member_id", "person_id", "kit_id"),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    quantity: Mapped[int]
    added_at: Mapped[datetime]
