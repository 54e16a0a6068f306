"""Gathering what a delivery note states."""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.documents.delivery_note import DeliveredLine as PrintedLine
from app.documents.delivery_note import DeliveryNoteFacts
from app.frameworks.records import Framework
from app.fulfilment.desk_letterhead import desk_letterhead
from app.fulfilment.rules import DeliveredLine
from app.members.records import Member
from app.ordering.records import CallOff, CallOffLine
from app.ordering.shares.rules_shares import Share
from app.ordering.shares.write_shares import shares_of

# UN/ECE Recommendation 20, as far as hardware is ordered; other codes are printed as they are.
UNITS: Final = {"C62": "Stück", "PCE": "Stück", "H87": "Stück", "SET": "Satz", "PK": "Packung"}


def delivery_note_facts(
    session: Session,
    call_off: CallOff,
    number: str,
    wanted: tuple[DeliveredLine, ...],
    delivered_on: date,
) -> DeliveryNoteFacts:
    """Before the lines count as delivered: `open_after` is worked out here."""
    framework = session.get_one(Framework, call_off.framework_id)
    member = session.get_one(Member, call_off.member_id)
    going_out = {line.sku: line for line in wanted}
    shares = shares_of(session, call_off.id) if call_off.is_split else ()
    return DeliveryNoteFacts(
        number=number,
        day=delivered_on,
        call_off_number=call_off.number,
        framework=f"{framework.number} {framework.title}",
        member_name=member.name,
        letterhead=desk_letterhead(session, framework),
        ship_to=(
            call_off.delivery_street,
            f"{call_off.delivery_postal_code} {call_off.delivery_city}",
        ),
        lines=tuple(
            _line(line, going_out[line.sku], shares)
            for line in call_off.lines
            if line.sku in going_out
        ),
        recipient=call_off.delivery_recipient,
        room=call_off.delivery_room,
        cost_centre=call_off.cost_centre,
        requested_day=call_off.requested_date,
        demonstration=call_off.demonstration,
    )


def _line(ordered: CallOffLine, going_out: DeliveredLine, shares: tuple[Share, ...]) -> PrintedLine:
    return PrintedLine(
        position=ordered.position,
        sku=ordered.sku,
        name=ordered.name,
        quantity=going_out.quantity,
        ordered=ordered.quantity,
        open_after=ordered.outstanding - going_out.quantity,
        unit=UNITS.get(ordered.order_unit, ordered.order_unit),
        serial_numbers=going_out.serial_numbers,
        shares=tuple(share.text for share in shares if share.sku == ordered.sku),
    )
