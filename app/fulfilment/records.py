"""Deliveries, their serial numbers and the member's receipts."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

import app.ordering.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record
from app.database.guards import append_only, frozen


class Delivery(Record):
    """One delivery of a part or the rest of a call-off."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("id", "member_id"),
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    call_off_id: Mapped[int] = mapped_column(index=True)
    member_id: Mapped[int]
    delivered_on: Mapped[date]
    by: Mapped[int] = mapped_column("by_person", ForeignKey("person.id"))
    at: Mapped[datetime]
    note_pdf_sha256: Mapped[str | None] = mapped_column(
        String(64), index=True, comment="in the archive"
    )

    lines: Mapped[list["DeliveryLine"]] = relationship(lazy="raise", order_by="DeliveryLine.id")


append_only(Delivery.metadata.tables[Delivery.__tablename__])


class DeliveryLine(Record):
    """How many pieces of an order line came with a delivery."""

    __tablename__ = "delivery_line"
    __table_args__ = (
        UniqueConstraint("delivery_id", "call_off_line_id"),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"))
    call_off_line_id: Mapped[int] = mapped_column(ForeignKey("call_off_line.id"), index=True)
    quantity: Mapped[int]

    serials: Mapped[list["SerialNumber"]] = relationship(lazy="raise", order_by="SerialNumber.id")


append_only(DeliveryLine.metadata.tables[DeliveryLine.__tablename__])


class SerialNumber(Record):
    """The serial number of one delivered piece; unique per article over all deliveries."""

    __tablename__ = "serial_number"
    __table_args__ = (
        UniqueConstraint("sku", "serial"),
        Index("ix_serial_number_upper", text("upper(serial)")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_line_id: Mapped[int] = mapped_column(ForeignKey("delivery_line.id"), index=True)
    sku: Mapped[str] = mapped_column(String(64))
    serial: Mapped[str] = mapped_column(String(80))


# A mistyped serial number is corrected (with a reason, see SerialCorrection), nothing else is.
frozen(SerialNumber.metadata.tables[SerialNumber.__tablename__], but=("serial",))


class SerialCorrection(Record):
    """A mistyped serial number and what it became."""

    __tablename__ = "serial_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    serial_number_id: Mapped[int] = mapped_column(ForeignKey("serial_number.id"), index=True)
    before: Mapped[str] = mapped_column(String(80))
    after: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column("by_person", ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(SerialCorrection.metadata.tables[SerialCorrection.__tablename__])


class GoodsReceipt(Record):
    """The member's word on a delivery line: how much came whole, damaged, or not at all."""

    __tablename__ = "goods_receipt"
    __table_args__ = (
        UniqueConstraint("delivery_line_id"),
        CheckConstraint("accepted >= 0 AND damaged >= 0 AND missing >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_line_id: Mapped[int] = mapped_column(ForeignKey("delivery_line.id"))
    accepted: Mapped[int]
    damaged: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[int] = mapped_column("by_person", ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(GoodsReceipt.metadata.tables[GoodsReceipt.__tablename__])
