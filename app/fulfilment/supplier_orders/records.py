"""One order to a supplier and the call-off lines that it covers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

import app.ordering.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record
from app.database.guards import append_only


class SupplierOrder(Record):
    """What the desk passed on to one supplier of one framework, with its two files."""

    __tablename__ = "supplier_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    supplier: Mapped[str] = mapped_column(String(200))
    by: Mapped[int] = mapped_column("by_person", ForeignKey("person.id"))
    at: Mapped[datetime]
    pdf_sha256: Mapped[str] = mapped_column(String(64), index=True, comment="in the archive")
    csv_sha256: Mapped[str] = mapped_column(String(64), index=True, comment="in the archive")

    lines: Mapped[list["SupplierOrderLine"]] = relationship(
        lazy="raise", order_by="SupplierOrderLine.id"
    )


append_only(SupplierOrder.metadata.tables[SupplierOrder.__tablename__])


class SupplierOrderLine(Record):
    """How many pieces of a call-off line were ordered; the same supplier gets a line once."""

    __tablename__ = "supplier_order_line"
    __table_args__ = (
        UniqueConstraint("call_off_line_id", "supplier"),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_order_id: Mapped[int] = mapped_column(ForeignKey("supplier_order.id"), index=True)
    call_off_line_id: Mapped[int] = mapped_column(ForeignKey("call_off_line.id"))
    supplier: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[int]


append_only(SupplierOrderLine.metadata.tables[SupplierOrderLine.__tablename__])
