"""Issued invoices; drafts do not exist, a number is drawn when an invoice is issued."""

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
from sqlalchemy.orm import Mapped, mapped_column, relationship

import app.ordering.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record
from app.database.guards import append_only
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice


class Invoice(Record):
    """One issued document; 380 invoice, 381 cancellation in full (§ 14 UStG, EN 16931)."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("id", "member_id"),
        UniqueConstraint("cancels_id"),
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        CheckConstraint("gross = net + vat", name="gross"),
        CheckConstraint("(type_code = '381') = (cancels_id IS NOT NULL)", name="cancels"),
        Index("ix_invoice_member_issued", "member_id", "issued_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    type_code: Mapped[str] = mapped_column(String(3), comment="UNTDID 1001")
    call_off_id: Mapped[int] = mapped_column(index=True)
    member_id: Mapped[int]
    cancels_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    issued_on: Mapped[date]
    due_on: Mapped[date]
    net: Mapped[Money] = mapped_column(comment="positive; the type code carries the sign")
    vat: Mapped[Money]
    gross: Mapped[Money]
    vat_percent: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="", comment="of a cancellation")
    document: Mapped[str] = mapped_column(Text, comment="canonical JSON of the whole document")
    pdf_sha256: Mapped[str] = mapped_column(String(64), index=True, comment="in the archive")
    ubl_sha256: Mapped[str] = mapped_column(String(64), index=True, comment="in the archive")
    cii_sha256: Mapped[str] = mapped_column(String(64), index=True, comment="in the archive")
    issued_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]

    lines: Mapped[list["InvoiceLine"]] = relationship(lazy="raise", order_by="InvoiceLine.position")


append_only(Invoice.metadata.tables[Invoice.__tablename__])


class InvoiceLine(Record):
    """One delivered line on an invoice or its cancellation."""

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    position: Mapped[int]
    delivery_line_id: Mapped[int] = mapped_column(ForeignKey("delivery_line.id"), index=True)
    sku: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255))
    quantity: Mapped[int]
    unit_price: Mapped[UnitPrice]
    net: Mapped[Money]


append_only(InvoiceLine.metadata.tables[InvoiceLine.__tablename__])
