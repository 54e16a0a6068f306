"""From a call-off and its delivered lines to the invoice as a value; the number comes later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.invoice.einvoice import (
    Address,
    Buyer,
    DocumentType,
    Endpoint,
    Invoice,
    InvoiceLine,
    Issuer,
    References,
    ShipTo,
)
from app.frameworks.records import Framework, Lot
from app.invoicing.queries import BillableLine
from app.invoicing.rules import unit_code
from app.members.records import Member, Unit
from app.ordering.records import CallOff

DRAFT_NUMBER = "ENTWURF"  # stands in until the number is drawn, so that the checks can run before


@dataclass(frozen=True, slots=True)
class _Contract:
    """What the invoice has to say about the order's surroundings."""

    member: Member
    unit: Unit | None
    framework: Framework
    lots: tuple[str, ...]


def compose_invoice(
    session: Session,
    found: CallOff,
    lines: Sequence[BillableLine],
    issuer: Issuer,
    today: date,
) -> Invoice:
    """One document over `lines`, which are not empty; all names and prices as ordered."""
    contract = _contract(session, found, lines)
    days = contract.framework.payment_days
    return Invoice(
        number=DRAFT_NUMBER,
        kind=DocumentType.INVOICE,
        issued_on=today,
        issuer=issuer,
        buyer=_buyer(found, contract),
        lines=tuple(_line(place, line, found) for place, line in enumerate(lines, start=1)),
        supplied_from=min(line.delivered_on for line in lines),
        supplied_to=max(line.delivered_on for line in lines),
        due_on=today + timedelta(days=days),
        payment_terms=f"Zahlbar innerhalb von {days} Tagen ohne Abzug.",
        references=_references(found, contract, lines),
        ship_to=ShipTo(
            name=", ".join(filter(None, (found.delivery_recipient, found.delivery_room))),
            address=Address(found.delivery_street, found.delivery_postal_code, found.delivery_city),
        ),
        notes=_notes(found, contract, lines),
        demonstration=found.demonstration or issuer.demonstration,
    )


def _contract(session: Session, found: CallOff, lines: Sequence[BillableLine]) -> _Contract:
    lot_ids = {line.ordered.lot_id for line in lines}
    numbers = session.scalars(
        select(Lot.number).where(Lot.id.in_(lot_ids)).order_by(Lot.number)
    ).all()
    return _Contract(
        member=session.get_one(Member, found.member_id),
        unit=session.get(Unit, found.unit_id) if found.unit_id else None,
        framework=session.get_one(Framework, found.framework_id),
        lots=tuple(f"Los {number}" for number in numbers),
    )


def _buyer(found: CallOff, contract: _Contract) -> Buyer:
    """Without a Leitweg-ID the order's number is the agreed reference (BR-DE-15)."""
    member, unit = contract.member, contract.unit
    leitweg = (unit.leitweg_id if unit else None) or member.leitweg_id
    endpoint = Endpoint("0204", leitweg) if leitweg else Endpoint("EM", member.invoice_mail or "")
    return Buyer(
        name=member.name,
        address=Address(member.street, member.postal_code, member.city),
        reference=leitweg or found.number,
        endpoint=endpoint,
        unit=unit.name if unit else "",
    )


def _line(position: int, line: BillableLine, found: CallOff) -> InvoiceLine:
    ordered = line.ordered
    serials = f"Seriennummern: {', '.join(line.serials)}" if line.serials else ""
    note = ". ".join(filter(None, (ordered.agreed_text, serials)))
    return InvoiceLine(
        position=position,
        sku=ordered.sku,
        name=ordered.name,
        quantity=line.quantity,
        unit_price=ordered.unit_price,
        unit=unit_code(ordered.order_unit),
        description=ordered.manufacturer,
        note=note,
        order_line=str(ordered.position),
        account=found.cost_centre,
        vat_percent=found.vat_percent,
    )


def _references(found: CallOff, contract: _Contract, lines: Sequence[BillableLine]) -> References:
    """BT-13 is the buyer's own number where he gave one; ours then stands as BT-14."""
    own = found.your_reference
    return References(
        order=own or found.number,
        sales_order=found.number if own else "",
        contract=contract.framework.number,
        lot=", ".join(contract.lots),
        despatch=tuple(dict.fromkeys(line.delivery_number for line in lines)),
        project=found.investment_number,
        account=found.product_account,
    )


def _notes(found: CallOff, contract: _Contract, lines: Sequence[BillableLine]) -> tuple[str, ...]:
    notes = [f"Abruf {found.number} aus dem Rahmenvertrag „{contract.framework.title}“."]
    numbers = tuple(dict.fromkeys(line.delivery_number for line in lines))
    if len(numbers) > 1:
        notes.append(f"Lieferscheine: {', '.join(numbers)}.")
    return tuple(notes)
