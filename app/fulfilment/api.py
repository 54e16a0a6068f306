"""`/api/v1`: deliveries and goods receipts, by the same use cases as the pages."""

from datetime import date, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.orm import Session

from app.archive.store import content
from app.fulfilment import queries
from app.fulfilment.queries import Sent
from app.fulfilment.receive_goods import receive_goods
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.rules import LONGEST_NOTE, LONGEST_SERIAL, DeliveredLine, ReceivedLine
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.german import clean
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.act import check_version
from app.ordering.asking import actor
from app.ordering.placing.api_once import answered_once
from app.ordering.queries import call_off, lock_call_off
from app.ordering.wanted import LARGEST_QUANTITY, MOST_LINES
from app.web.api_document import file_of
from app.web.dependencies import Db, Now
from app.web.paging import Paged
from app.web.repeatable import OptionalKey, created
from app.web.sent_body import SentBody

router = APIRouter(tags=["Lieferungen"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Desk = Annotated[Asking, Depends(needs_token(Scope.DELIVERIES_WRITE))]
Receiver = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]

Sku = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Serial = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_SERIAL)
]
Pieces = Annotated[int, Field(strict=True, ge=0, le=LARGEST_QUANTITY)]


class LineSent(SentBody):
    sku: Sku
    quantity: Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)]
    serial_numbers: list[Serial] = Field(default_factory=list, max_length=LARGEST_QUANTITY)


class DeliveryWanted(SentBody):
    """A delivery of a part or the rest; without a day it is today's."""

    lines: Annotated[list[LineSent], Field(min_length=1, max_length=MOST_LINES)]
    delivered_on: date | None = None
    version: int | None = None


class LineReceived(SentBody):
    """One article of the delivery; what is neither damaged nor missing has to be accepted."""

    sku: Sku
    accepted: Pieces
    damaged: Pieces = 0
    missing: Pieces = 0
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""


class ReceiptWanted(SentBody):
    """Without lines everything that still waits came whole; `delivery` narrows it to one note."""

    delivery: Annotated[str, StringConstraints(max_length=40)] | None = None
    lines: Annotated[list[LineReceived], Field(max_length=MOST_LINES)] | None = None


class ReceiptGiven(BaseModel):
    accepted: int
    damaged: int
    missing: int
    note: str
    at: datetime


class DeliveryLineGiven(BaseModel):
    sku: str
    name: str
    quantity: int
    serial_numbers: list[str]
    receipt: ReceiptGiven | None


class DeliveryGiven(BaseModel):
    number: str
    call_off: str
    delivered_on: date
    lines: list[DeliveryLineGiven]
    links: dict[str, str]


class DeliveryList(BaseModel):
    items: list[DeliveryGiven]
    total: int
    next: str | None


@router.post(
    "/call-offs/{number}/deliveries",
    status_code=201,
    response_model=DeliveryGiven,
    summary="Lieferung buchen (Abwicklung)",
    description="Die Antwort ist der Lieferschein. Was noch fehlt, bleibt offen; ohne Tag gilt "
    "der heutige. Mit einem Schlüssel bucht eine Wiederholung nichts ein zweites Mal.",
)
def deliver(
    *,
    db: Db,
    now: Now,
    desk: Desk,
    number: str,
    body: DeliveryWanted,
    idempotency_key: OptionalKey = None,
) -> Response:
    """Book a delivery; the answer is the delivery note. The undelivered rest stays open."""
    address = f"call-offs/{number}/deliveries"
    booked = partial(_booked, db, now, desk, number, body)
    return created(answered_once(db, desk, now, idempotency_key, (address, body), booked))


def _booked(
    db: Session, now: datetime, desk: Asking, number: str, body: DeliveryWanted
) -> DeliveryGiven:
    found = lock_call_off(db, number, desk.tenant)
    check_version(found, body.version)
    wanted = tuple(
        DeliveredLine(
            line.sku,
            line.quantity,
            tuple(clean(serial).upper() for serial in line.serial_numbers),
        )
        for line in body.lines
    )
    booked = record_delivery(db, found, wanted, actor(desk), now, body.delivered_on)
    sent = queries.deliveries(db, found)
    return next(_given(one) for one in sent if one.delivery.number == booked.number)


@router.get("/call-offs/{number}/deliveries", summary="Lieferungen eines Abrufs")
def show_deliveries(db: Db, asking: Reader, number: str, paged: Paged) -> DeliveryList:
    found = queries.deliveries(db, call_off(db, number, asking.tenant))
    items = [_given(sent) for sent in paged.of(found)]
    return DeliveryList(items=items, total=len(found), next=paged.next(len(found)))


@router.post(
    "/call-offs/{number}/receipts",
    status_code=201,
    summary="Empfang bestätigen (Mitglied)",
    description="Alles, ein Lieferschein (`delivery`) oder je Artikel (`lines`); was beschädigt "
    "ist oder fehlt, braucht eine Bemerkung.",
)
def receive(db: Db, now: Now, asking: Receiver, number: str, body: ReceiptWanted) -> DeliveryList:
    """Confirm the goods: all, one delivery, or per line; a shortage needs a note."""
    if asking.member is None:
        raise NotAllowed("Den Empfang bestätigt das Mitglied, das bestellt hat.")
    found = lock_call_off(db, number, asking.tenant)
    receive_goods(db, found, _received(queries.deliveries(db, found), body), actor(asking), now)
    items = [_given(sent) for sent in queries.deliveries(db, found)]
    return DeliveryList(items=items, total=len(items), next=None)


@router.get(
    "/deliveries/{number}.pdf",
    summary="Lieferschein als PDF",
    description="Byte für Byte, wie er ausgestellt wurde.",
    response_class=Response,
    responses=file_of("application/pdf", "Der Lieferschein."),
)
def delivery_note(db: Db, asking: Reader, number: str) -> Response:
    """The delivery note, byte for byte as it was made."""
    stored = content(db, queries.delivery(db, number, asking.tenant).note_pdf_sha256 or "")
    return Response(stored.content, media_type=stored.media_type)


def _received(deliveries: tuple[Sent, ...], body: ReceiptWanted) -> tuple[ReceivedLine, ...] | None:
    chosen = [sent for sent in deliveries if body.delivery in {None, sent.delivery.number}]
    if body.delivery is not None and not chosen:
        text = "Diesen Lieferschein gibt es an diesem Abruf nicht."
        raise Malformed(FieldError("delivery", "unknown", text))
    waiting = queries.awaited(chosen)
    if body.lines is None:
        if body.delivery is None:
            return None
        return tuple(ReceivedLine(line.id, line.quantity) for line in waiting.values())
    received = []
    for line in body.lines:
        fitting = [one for one in waiting.values() if one.sku == line.sku]
        if len(fitting) != 1:
            code, text = _unclear(line.sku, several=bool(fitting))
            raise Malformed(FieldError(f"lines.{line.sku}", code, text))
        received.append(
            ReceivedLine(fitting[0].id, line.accepted, line.damaged, line.missing, line.note)
        )
    return tuple(received)


def _unclear(sku: str, *, several: bool) -> tuple[str, str]:
    if several:
        return "several_deliveries", f"{sku} kam mit mehreren Lieferungen. Nennen Sie `delivery`."
    return "not_awaited", f"Zu {sku} wartet keine Lieferung auf eine Bestätigung."


def _given(sent: Sent) -> DeliveryGiven:
    return DeliveryGiven(
        number=sent.delivery.number,
        call_off=sent.call_off_number,
        delivered_on=sent.delivery.delivered_on,
        lines=[
            DeliveryLineGiven(
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                serial_numbers=[one.serial for one in line.serials],
                receipt=None
                if line.receipt is None
                else ReceiptGiven(
                    accepted=line.receipt.accepted,
                    damaged=line.receipt.damaged,
                    missing=line.receipt.missing,
                    note=line.receipt.note,
                    at=line.receipt.at,
                ),
            )
            for line in sent.lines
        ],
        links={"pdf": f"/api/v1/deliveries/{sent.delivery.number}.pdf"},
    )
