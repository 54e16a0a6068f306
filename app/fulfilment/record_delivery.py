"""Booking a delivery: pieces, serial numbers, delivery note, state, notice to the member."""

from datetime import date, datetime
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.archive.store import keep
from app.documents.delivery_note_pdf import delivery_note_pdf
from app.documents.limiter import ONE_AT_A_TIME
from app.eligibility.rules import Phase
from app.fulfilment.delivery_note_facts import delivery_note_facts
from app.fulfilment.queries import taken_serials
from app.fulfilment.records import Delivery, DeliveryLine, SerialNumber
from app.fulfilment.rules import (
    MAY_BE_DELIVERED,
    DeliveredLine,
    OpenLine,
    day_error,
    delivery_errors,
)
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.notices.announce import News, announce
from app.notices.rules import Event
from app.ordering.act import record_move
from app.ordering.changing.lapse_change import end_open_change
from app.ordering.placing.draw_number import draw_number
from app.ordering.rechecking.recheck_call_off import recheck_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side, State
from app.ordering.wanted import Actor

PDF: Final = "application/pdf"
NOT_CONFIRMED: Final = (
    "Dieser Abruf ist noch nicht bestätigt. Bestätigen Sie ihn mit einem Liefertermin, "
    "dann können Sie die Lieferung buchen."
)
NOTHING_OPEN: Final = "An diesem Abruf ist nichts mehr zu liefern."


def record_delivery(
    session: Session,
    call_off: CallOff,
    wanted: tuple[DeliveredLine, ...],
    by: Actor,
    now: datetime,
    delivered_on: date | None = None,
) -> Delivery:
    """`call_off` comes locked, with lines and history. The undelivered rest stays open.

    Raises Conflict where the state forbids a delivery and Malformed with one sentence per wrong
    line (fields `lines.<sku>.quantity`, `lines.<sku>.serial_numbers`, `delivered_on`); nothing is
    written then.
    """
    delivered_on = delivered_on or legal_day(now)
    _refuse_wrong(session, call_off, wanted, delivered_on, now)
    checked = recheck_call_off(session, call_off, Phase.DELIVERY, delivered_on, by, now)
    sent = _book(session, call_off, wanted, by, now, delivered_on)
    move = _advance(call_off, wanted)
    if move is Move.DELIVER_ALL:
        end_open_change(session, call_off, "Der Abruf ist vollständig geliefert.", now)
    _tell_orderer(session, call_off, sent, wanted, now)
    payload = {**_payload(sent, wanted), "decision": checked.sha256}
    record_move(session, call_off, move, by, Side.DESK, now, payload=payload)
    return sent


def _refuse_wrong(
    session: Session,
    call_off: CallOff,
    wanted: tuple[DeliveredLine, ...],
    delivered_on: date,
    now: datetime,
) -> None:
    if call_off.state is State.PLACED:
        raise Conflict(NOT_CONFIRMED, "not_confirmed")
    if call_off.state not in MAY_BE_DELIVERED:
        raise Conflict(NOTHING_OPEN, "nothing_to_deliver")
    open_lines = {
        line.sku: OpenLine(
            line.sku, line.name, line.position, line.outstanding, line.serial_numbers
        )
        for line in call_off.lines
    }
    errors = list(delivery_errors(open_lines, wanted))
    ordered_on = legal_day(call_off.placed_at or call_off.submitted_at)
    if wrong_day := day_error(delivered_on, ordered_on, legal_day(now)):
        errors.append(wrong_day)
    errors.extend(_taken(session, wanted))
    if errors:
        raise Malformed(*errors)


def _taken(session: Session, wanted: tuple[DeliveredLine, ...]) -> list[FieldError]:
    return [
        FieldError(
            f"lines.{line.sku}.serial_numbers",
            "serial_taken",
            f"Die Seriennummer {serial} wurde für {line.sku} schon geliefert.",
        )
        for line in wanted
        for serial in taken_serials(session, line.sku, line.serial_numbers)
    ]


def _lines(call_off: CallOff, wanted: tuple[DeliveredLine, ...]) -> list[DeliveryLine]:
    ordered = {line.sku: line for line in call_off.lines}
    return [
        DeliveryLine(
            call_off_line_id=ordered[line.sku].id,
            quantity=line.quantity,
            serials=[SerialNumber(sku=line.sku, serial=serial) for serial in line.serial_numbers],
        )
        for line in sorted(wanted, key=lambda line: ordered[line.sku].position)
    ]


def _book(
    session: Session,
    call_off: CallOff,
    wanted: tuple[DeliveredLine, ...],
    by: Actor,
    now: datetime,
    delivered_on: date,
) -> Delivery:
    """Number, note and rows, or none of them: a refusal gives the number back."""
    try:
        with session.begin_nested():
            drawn = draw_number(session, f"delivery:{call_off.number}")
            number = f"L-{call_off.number}-{drawn}"
            facts = delivery_note_facts(session, call_off, number, wanted, delivered_on)
            with ONE_AT_A_TIME:
                note = delivery_note_pdf(facts)
            sent = Delivery(
                number=number,
                call_off_id=call_off.id,
                member_id=call_off.member_id,
                delivered_on=delivered_on,
                by=by.person_id,
                at=now,
                note_pdf_sha256=keep(session, note, PDF, now),
                lines=_lines(call_off, wanted),
            )
            session.add(sent)
    except IntegrityError:
        # Two orders were scanned at the same time with the same serial number.
        text = "Eine dieser Seriennummern wurde eben an einem anderen Abruf gebucht."
        raise Malformed(FieldError("lines", "serial_taken", text)) from None
    return sent


def _advance(call_off: CallOff, wanted: tuple[DeliveredLine, ...]) -> Move:
    pieces = {line.sku: line.quantity for line in wanted}
    for line in call_off.lines:
        line.delivered += pieces.get(line.sku, 0)
    call_off.received_at = None  # there is something new to confirm
    # A second partial delivery leaves the state as it is; the version must still move on, or a
    # page that was sent twice would book the same pieces twice.
    flag_modified(call_off, "state")
    complete = all(line.outstanding == 0 for line in call_off.lines)
    return Move.DELIVER_ALL if complete else Move.DELIVER_PART


def _payload(sent: Delivery, wanted: tuple[DeliveredLine, ...]) -> dict[str, object]:
    return {
        "delivery": sent.number,
        "delivered_on": sent.delivered_on.isoformat(),
        "note_sha256": sent.note_pdf_sha256,
        "lines": [
            {
                "sku": line.sku,
                "quantity": line.quantity,
                "serial_numbers": list(line.serial_numbers),
            }
            for line in wanted
        ],
    }


def _tell_orderer(
    session: Session,
    call_off: CallOff,
    sent: Delivery,
    wanted: tuple[DeliveredLine, ...],
    now: datetime,
) -> None:
    subject = f"Lieferung zu Abruf {call_off.number}"
    text = _text(call_off, sent, wanted)
    news = News(Event.DELIVERY, subject, text, f"/abrufe/{call_off.number}")
    announce(session, news, [call_off.ordered_by], now, cause=f"delivery:{sent.number}")


def _text(call_off: CallOff, sent: Delivery, wanted: tuple[DeliveredLine, ...]) -> str:
    names = {line.sku: line.name for line in call_off.lines}
    rows = [f"- {line.quantity} × {names[line.sku]} ({line.sku})" for line in wanted]
    still_open = sum(line.outstanding for line in call_off.lines)
    rest = f"Noch offen: {still_open} Stück." if still_open else "Damit ist alles geliefert."
    first = (
        f"Zu Ihrem Abruf {call_off.number} ist am {day(sent.delivered_on)} "
        f"eine Lieferung gebucht worden (Lieferschein {sent.number}):"
    )
    return "\n".join(
        (
            first,
            "",
            *rows,
            "",
            rest,
            "",
            "Bitte prüfen Sie die Ware und bestätigen Sie den Empfang am Abruf im Portal.",
        )
    )
