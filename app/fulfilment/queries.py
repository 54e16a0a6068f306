"""Named reads of deliveries, serial numbers and receipts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from app.database.tenant import Tenant
from app.fulfilment.records import (
    Delivery,
    DeliveryLine,
    GoodsReceipt,
    SerialCorrection,
    SerialNumber,
)
from app.fulfilment.rules import Awaited
from app.kernel.errors import NotFound
from app.ordering.queries import of_orders
from app.ordering.records import CallOff, CallOffLine

NO_DELIVERY = "Diesen Lieferschein gibt es nicht."


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line of a delivery as pages and the API show it."""

    id: int
    position: int
    sku: str
    name: str
    quantity: int
    serials: tuple[SerialNumber, ...]
    receipt: GoodsReceipt | None


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery with its lines and what the member said about them."""

    delivery: Delivery
    call_off_number: str
    lines: tuple[SentLine, ...]

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def awaits_receipt(self) -> bool:
        return any(line.receipt is None for line in self.lines)

    @property
    def short(self) -> bool:
        return any(
            line.receipt and line.receipt.damaged + line.receipt.missing for line in self.lines
        )


def _loaded() -> Select[Delivery]:
    return select(Delivery).options(selectinload(Delivery.lines).selectinload(DeliveryLine.serials))


def deliveries(session: Session, call_off: CallOff) -> tuple[Sent, ...]:
    """All deliveries of a call-off, the first one first; its `lines` have to be loaded."""
    found = session.scalars(
        _loaded()
        .where(Delivery.call_off_id == call_off.id, Delivery.member_id == call_off.member_id)
        .order_by(Delivery.id)
        .execution_options(populate_existing=True)
    ).all()
    ordered = {line.id: line for line in call_off.lines}
    receipts = _receipts(session, (line.id for sent in found for line in sent.lines))
    return tuple(_sent(one, call_off.number, ordered, receipts) for one in found)


def _sent(
    delivery: Delivery,
    number: str,
    ordered: dict[int, CallOffLine],
    receipts: dict[int, GoodsReceipt],
) -> Sent:
    lines = (
        SentLine(
            id=line.id,
            position=ordered[line.call_off_line_id].position,
            sku=ordered[line.call_off_line_id].sku,
            name=ordered[line.call_off_line_id].name,
            quantity=line.quantity,
            serials=tuple(line.serials),
            receipt=receipts.get(line.id),
        )
        for line in delivery.lines
    )
    return Sent(delivery, number, tuple(sorted(lines, key=lambda line: line.position)))


def _receipts(session: Session, line_ids: Iterable[int]) -> dict[int, GoodsReceipt]:
    found = session.scalars(
        select(GoodsReceipt).where(GoodsReceipt.delivery_line_id.in_(list(line_ids)))
    )
    return {receipt.delivery_line_id: receipt for receipt in found}


def awaited(sent: Iterable[Sent]) -> dict[int, Awaited]:
    """The delivery lines that the member has not confirmed yet, by id."""
    return {
        line.id: Awaited(line.id, one.delivery.number, line.sku, line.name, line.quantity)
        for one in sent
        for line in one.lines
        if line.receipt is None
    }


def delivery(session: Session, number: str, tenant: Tenant) -> Delivery:
    """NotFound for another member's."""
    found = session.scalar(
        select(Delivery).where(
            Delivery.number == number, of_orders(Delivery.member_id, Delivery.call_off_id, tenant)
        )
    )
    if found is None:
        raise NotFound(NO_DELIVERY)
    return found


def serial(session: Session, serial_id: int, call_off_id: int) -> SerialNumber:
    """A serial number of this call-off. NotFound for all others."""
    found = session.scalar(
        select(SerialNumber)
        .join(DeliveryLine, DeliveryLine.id == SerialNumber.delivery_line_id)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(SerialNumber.id == serial_id, Delivery.call_off_id == call_off_id)
    )
    if found is None:
        raise NotFound("Diese Seriennummer gibt es an diesem Abruf nicht.")
    return found


def taken_serials(session: Session, sku: str, serials: Sequence[str]) -> tuple[str, ...]:
    """Those that were delivered before under the same article number."""
    found = session.scalars(
        select(SerialNumber.serial)
        .where(SerialNumber.sku == sku, SerialNumber.serial.in_(serials))
        .order_by(SerialNumber.serial)
    )
    return tuple(found)


def corrections(session: Session, call_off_id: int) -> Sequence[SerialCorrection]:
    """What was corrected on this call-off, in order."""
    return session.scalars(
        select(SerialCorrection)
        .join(SerialNumber, SerialNumber.id == SerialCorrection.serial_number_id)
        .join(DeliveryLine, DeliveryLine.id == SerialNumber.delivery_line_id)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.call_off_id == call_off_id)
        .order_by(SerialCorrection.id)
    ).all()
