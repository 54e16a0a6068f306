"""The shares into which lines of a call-off are split; everything in them is copied."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.database.guards import append_only
from app.ordering.shares.rules_shares import Coding, Place, Share


class CallOffShare(Record):
    """So many pieces of a line for a place, by a day, on an account; empty is as in the order."""

    __tablename__ = "call_off_share"
    __table_args__ = (
        UniqueConstraint("call_off_id", "sku", "part"),
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        ForeignKeyConstraint(
            ["call_off_id", "sku"], ["call_off_line.call_off_id", "call_off_line.sku"]
        ),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int]
    member_id: Mapped[int]
    sku: Mapped[str] = mapped_column(String(64))
    part: Mapped[int] = mapped_column(comment="of the line, from 1")
    quantity: Mapped[int]
    recipient: Mapped[str] = mapped_column(String(120), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    building: Mapped[str] = mapped_column(String(80), default="")
    room: Mapped[str] = mapped_column(String(80), default="")
    wanted_on: Mapped[date | None]
    product_account: Mapped[str] = mapped_column(String(60), default="")
    cost_centre: Mapped[str] = mapped_column(String(60), default="")
    investment_number: Mapped[str] = mapped_column(String(60), default="")
    budget_year: Mapped[int | None]
    funding_source: Mapped[str] = mapped_column(String(120), default="")
    earmarked_until: Mapped[date | None] = mapped_column(comment="Zweckbindung: last day")

    @property
    def share(self) -> Share:
        """As the rules see it."""
        return Share(
            self.sku,
            self.quantity,
            Place(
                self.recipient,
                self.street,
                self.postal_code,
                self.city,
                self.building,
                self.room,
            ),
            self.wanted_on,
            Coding(
                self.product_account,
                self.cost_centre,
                self.investment_number,
                self.budget_year,
                self.funding_source,
                self.earmarked_until,
            ),
        )


append_only(CallOffShare.metadata.tables[CallOffShare.__tablename__])
