"""What still has to be passed on to suppliers, and what was."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.archive.records import StoredFile
from app.archive.store import content
from app.database.marks import unchanged
from app.frameworks.records import Framework
from app.fulfilment.rules import MAY_BE_DELIVERED
from app.fulfilment.supplier_orders.records import SupplierOrder, SupplierOrderLine
from app.kernel.errors import NotFound
from app.members.records import Member
from app.ordering.records import CallOff, CallOffLine
from app.ordering.turns.suppliers_of_order import suppliers_of_order

SHOWN = 50


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """One confirmed call-off with the lines that one supplier has not been told of."""

    call_off: CallOff
    member_name: str
    lines: tuple[CallOffLine, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that waits for one supplier under one framework."""

    framework: Framework
    supplier: str
    orders: tuple[WaitingOrder, ...]

    @property
    def members(self) -> int:
        return len({order.call_off.member_id for order in self.orders})

    @property
    def pieces(self) -> int:
        return sum(line.outstanding for order in self.orders for line in order.lines)

    @property
    def demonstration(self) -> bool:
        return any(order.call_off.demonstration for order in self.orders)


@dataclass(frozen=True, slots=True)
class SentOrder:
    """An order to a supplier as the list shows it."""

    number: str
    framework_number: str
    supplier: str
    at: datetime
    call_offs: int
    pieces: int


def bundles(session: Session, framework_number: str = "", supplier: str = "") -> tuple[Bundle, ...]:
    """By framework and supplier, all or one; the oldest call-off first in each."""
    waiting: dict[tuple[str, str], list[WaitingOrder]] = defaultdict(list)
    frameworks: dict[str, Framework] = {}
    told = _told(session)
    for call_off, framework, member_name in _under_way(session, framework_number):
        frameworks[framework.number] = framework
        by_supplier: dict[str, list[CallOffLine]] = defaultdict(list)
        with unchanged(session):
            suppliers = suppliers_of_order(session, call_off, framework)
        for line in call_off.lines:
            name = suppliers.of_lot(line.lot_id)
            if line.outstanding and (line.id, name) not in told:
                by_supplier[name].append(line)
        for name, lines in by_supplier.items():
            waiting[framework.number, name].append(
                WaitingOrder(call_off, member_name, tuple(lines))
            )
    return tuple(
        Bundle(frameworks[number], name, tuple(orders))
        for (number, name), orders in sorted(waiting.items(), key=lambda item: item[0])
        if supplier in {"", name}
    )


def sent_orders(session: Session) -> tuple[SentOrder, ...]:
    """The latest first."""
    rows = session.execute(
        select(
            SupplierOrder.number,
            Framework.number.label("framework_number"),
            SupplierOrder.supplier,
            SupplierOrder.at,
            func.count(CallOffLine.call_off_id.distinct()).label("call_offs"),
            func.sum(SupplierOrderLine.quantity).label("pieces"),
        )
        .join(Framework, Framework.id == SupplierOrder.framework_id)
        .join(SupplierOrderLine, SupplierOrderLine.supplier_order_id == SupplierOrder.id)
        .join(CallOffLine, CallOffLine.id == SupplierOrderLine.call_off_line_id)
        .group_by(SupplierOrder.id, Framework.number)
        .order_by(SupplierOrder.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        SentOrder(
            row.number,
            row.framework_number,
            row.supplier,
            row.at,
            int(row.call_offs),
            int(row.pieces),
        )
        for row in rows
    )


def orders_with(session: Session, call_off: CallOff) -> Sequence[str]:
    """Numbers of the supplier orders that cover a part of this call-off."""
    return session.scalars(
        select(SupplierOrder.number)
        .join(SupplierOrderLine, SupplierOrderLine.supplier_order_id == SupplierOrder.id)
        .join(CallOffLine, CallOffLine.id == SupplierOrderLine.call_off_line_id)
        .where(CallOffLine.call_off_id == call_off.id)
        .distinct()
        .order_by(SupplierOrder.number)
    ).all()


def order_file(session: Session, number: str, *, as_csv: bool) -> StoredFile:
    """The PDF or the CSV of one supplier order. NotFound where there is none."""
    found = session.scalar(select(SupplierOrder).where(SupplierOrder.number == number))
    if found is None:
        raise NotFound("Diese Lieferantenbestellung gibt es nicht.")
    return content(session, found.csv_sha256 if as_csv else found.pdf_sha256)


def _under_way(session: Session, framework_number: str) -> Sequence[tuple[CallOff, Framework, str]]:
    wanted = (
        select(CallOff, Framework, Member.name)
        .join(Framework, Framework.id == CallOff.framework_id)
        .join(Member, Member.id == CallOff.member_id)
        .where(CallOff.state.in_(MAY_BE_DELIVERED))
        .options(selectinload(CallOff.lines))
        .order_by(CallOff.placed_at, CallOff.id)
        .execution_options(populate_existing=True)
    )
    if framework_number:
        wanted = wanted.where(Framework.number == framework_number)
    return [(row[0], row[1], row[2]) for row in session.execute(wanted)]


def _told(session: Session) -> frozenset[tuple[int, str]]:
    """Lines of call-offs under way that a supplier has been told of."""
    rows = session.execute(
        select(SupplierOrderLine.call_off_line_id, SupplierOrderLine.supplier)
        .join(CallOffLine, CallOffLine.id == SupplierOrderLine.call_off_line_id)
        .join(CallOff, CallOff.id == CallOffLine.call_off_id)
        .where(CallOff.state.in_(MAY_BE_DELIVERED))
    )
    return frozenset((line_id, supplier) for line_id, supplier in rows)
