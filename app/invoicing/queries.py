"""Named reads of invoices; whose rows may be seen is an argument that cannot be left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased, selectinload

from app.database.tenant import Tenant
from app.documents.invoice.einvoice import DocumentType
from app.fulfilment.records import Delivery, DeliveryLine, SerialNumber
from app.invoicing.records import Invoice, InvoiceLine
from app.kernel.errors import NotFound
from app.ordering.queries import of_orders
from app.ordering.records import CallOff, CallOffLine

NO_INVOICE = "Diese Rechnung gibt es nicht."


@dataclass(frozen=True, slots=True)
class BillableLine:
    """A delivered line that no valid invoice covers."""

    delivery_line_id: int
    delivery_number: str
    delivered_on: date
    quantity: int
    ordered: CallOffLine
    serials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """The documents that an invoice belongs to, by number; empty where there is none."""

    call_off_number: str
    cancels: str
    cancelled_by: str


def invoice(session: Session, number: str, tenant: Tenant) -> Invoice:
    """With its lines. NotFound for another member's."""
    found = session.scalars(
        select(Invoice)
        .where(Invoice.number == number, of_orders(Invoice.member_id, Invoice.call_off_id, tenant))
        .options(selectinload(Invoice.lines))
    ).one_or_none()
    if found is None:
        raise NotFound(NO_INVOICE)
    return found


def related(session: Session, found: Invoice) -> Related:
    cancelled_by = session.scalar(select(Invoice.number).where(Invoice.cancels_id == found.id))
    cancels = session.scalar(select(Invoice.number).where(Invoice.id == found.cancels_id))
    number = session.scalars(select(CallOff.number).where(CallOff.id == found.call_off_id)).one()
    return Related(number, cancels or "", cancelled_by or "")


def of_call_off(session: Session, call_off_id: int) -> Sequence[Invoice]:
    """All documents of a call-off, the first one first; whoever calls may see the call-off."""
    return session.scalars(
        select(Invoice).where(Invoice.call_off_id == call_off_id).order_by(Invoice.id)
    ).all()


def billable_lines(session: Session, found: CallOff) -> tuple[BillableLine, ...]:
    """What is delivered and stands on no valid invoice, in the order of the deliveries."""
    rows = session.execute(
        select(DeliveryLine, Delivery)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.call_off_id == found.id, ~_invoiced())
        .order_by(Delivery.id, DeliveryLine.id)
    ).all()
    ordered = {line.id: line for line in found.lines}
    serials = _serials(session, [line.id for line, _ in rows])
    return tuple(
        BillableLine(
            delivery_line_id=line.id,
            delivery_number=delivery.number,
            delivered_on=delivery.delivered_on,
            quantity=line.quantity,
            ordered=ordered[line.call_off_line_id],
            serials=serials.get(line.id, ()),
        )
        for line, delivery in rows
    )


def _invoiced() -> ColumnElement[bool]:
    """A line is invoiced while an invoice names it that was not cancelled."""
    cancellation = aliased(Invoice)
    return exists().where(
        InvoiceLine.delivery_line_id == DeliveryLine.id,
        Invoice.id == InvoiceLine.invoice_id,
        Invoice.type_code != DocumentType.CANCELLATION.value,
        ~exists().where(cancellation.cancels_id == Invoice.id),
    )


def _serials(session: Session, line_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = session.execute(
        select(SerialNumber.delivery_line_id, SerialNumber.serial)
        .where(SerialNumber.delivery_line_id.in_(line_ids))
        .order_by(SerialNumber.id)
    ).all()
    for line_id, serial in rows:
        found[line_id] = (*found.get(line_id, ()), serial)
    return found
