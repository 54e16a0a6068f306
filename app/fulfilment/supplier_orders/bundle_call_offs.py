"""Passing on to a supplier, in one order, what several members called off."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.archive.store import keep
from app.audit.append import COOPERATIVE, Happening, append
from app.documents.limiter import ONE_AT_A_TIME
from app.documents.supplier_order import Consignment, SupplierOrderFacts, WantedArticle
from app.documents.supplier_order_pdf import supplier_order_pdf
from app.fulfilment.delivery_note_facts import UNITS
from app.fulfilment.desk_letterhead import desk_letterhead
from app.fulfilment.supplier_orders.list_lines import list_lines
from app.fulfilment.supplier_orders.queries import Bundle, WaitingOrder, bundles
from app.fulfilment.supplier_orders.records import SupplierOrder, SupplierOrderLine
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.ordering.placing.draw_number import draw_number
from app.ordering.wanted import Actor

PDF: Final = "application/pdf"
CSV: Final = "text/csv"
NOTHING: Final = "Für diesen Lieferanten wartet kein bestätigter Abruf mehr."


def bundle_call_offs(
    session: Session, actor: Actor, framework_number: str, supplier: str, now: datetime
) -> SupplierOrder:
    """All outstanding pieces of confirmed call-offs that this supplier was not told of yet.

    The number is drawn first: two desks at the same moment wait for each other there, and the
    second finds nothing left. Raises Conflict `nothing_waits`; the number goes back then.
    """
    year = legal_day(now).year
    number = f"LB-{year}-{draw_number(session, f'supplier_order:{year}'):04d}"
    found = bundles(session, framework_number, supplier)
    if not framework_number or not supplier or not found:
        raise Conflict(NOTHING, "nothing_waits")
    (bundle,) = found
    order = _write(session, bundle, number, actor, now)
    append(session, COOPERATIVE, now, _happening(order, bundle, actor))
    return order


def _write(
    session: Session, bundle: Bundle, number: str, actor: Actor, now: datetime
) -> SupplierOrder:
    facts = _facts(session, bundle, number, now)
    with ONE_AT_A_TIME:
        paper = supplier_order_pdf(facts)
    order = SupplierOrder(
        number=number,
        framework_id=bundle.framework.id,
        supplier=bundle.supplier,
        by=actor.person_id,
        at=now,
        pdf_sha256=keep(session, paper, PDF, now),
        csv_sha256=keep(session, list_lines(facts), CSV, now),
        lines=[
            SupplierOrderLine(
                call_off_line_id=line.id, supplier=bundle.supplier, quantity=line.outstanding
            )
            for waiting in bundle.orders
            for line in waiting.lines
        ],
    )
    session.add(order)
    session.flush()
    return order


def _facts(session: Session, bundle: Bundle, number: str, now: datetime) -> SupplierOrderFacts:
    framework = bundle.framework
    return SupplierOrderFacts(
        number=number,
        day=legal_day(now),
        supplier=bundle.supplier,
        framework=f"{framework.number} {framework.title}",
        letterhead=desk_letterhead(session, framework),
        consignments=tuple(_consignment(waiting) for waiting in bundle.orders),
        demonstration=bundle.demonstration,
    )


def _consignment(waiting: WaitingOrder) -> Consignment:
    call_off = waiting.call_off
    return Consignment(
        call_off_number=call_off.number,
        member_name=waiting.member_name,
        ship_to=(
            call_off.delivery_recipient,
            call_off.delivery_street,
            f"{call_off.delivery_postal_code} {call_off.delivery_city}",
            call_off.delivery_room,
        ),
        wanted_by=call_off.requested_date,
        promised=call_off.promised_date,
        articles=tuple(
            WantedArticle(
                line.sku,
                line.name,
                line.manufacturer,
                line.outstanding,
                UNITS.get(line.order_unit, line.order_unit),
            )
            for line in waiting.lines
        ),
    )


def _happening(order: SupplierOrder, bundle: Bundle, actor: Actor) -> Happening:
    payload: dict[str, object] = {
        "framework": bundle.framework.number,
        "supplier": bundle.supplier,
        "call_offs": [waiting.call_off.number for waiting in bundle.orders],
        "pdf_sha256": order.pdf_sha256,
        "csv_sha256": order.csv_sha256,
    }
    return Happening("supplier_order.made", order.number, actor.name, payload)
