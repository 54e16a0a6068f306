"""The member's word on delivered goods: whole, damaged or missing, per delivery line."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.fulfilment.queries import awaited, deliveries
from app.fulfilment.records import GoodsReceipt
from app.fulfilment.rules import Awaited, ReceivedLine, receipt_errors
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import clean
from app.members.records import Member
from app.ordering.comment_on_call_off import LONGEST, comment_on_call_off
from app.ordering.note_time import claim_time
from app.ordering.records import CallOff
from app.ordering.rules import Side
from app.ordering.wanted import Actor

STAGE: Final = "receipt"
NOTHING_AWAITED: Final = (
    "An diesem Abruf wartet keine Lieferung auf Ihre Bestätigung. "
    "Entweder ist noch nichts geliefert oder der Empfang ist schon bestätigt."
)


def receive_goods(
    session: Session,
    call_off: CallOff,
    wanted: tuple[ReceivedLine, ...] | None,
    by: Actor,
    now: datetime,
) -> tuple[GoodsReceipt, ...]:
    """`None` accepts everything that still waits. `call_off` comes locked, with its lines.

    Raises Conflict where nothing waits and Malformed per wrong line. What is damaged or missing
    becomes a comment that the desk reads.
    """
    waiting = awaited(deliveries(session, call_off))
    if not waiting:
        raise Conflict(NOTHING_AWAITED, "nothing_to_receive")
    if wanted is None:
        wanted = tuple(ReceivedLine(line.id, line.quantity) for line in waiting.values())
    if not wanted:
        text = "Bitte geben Sie mindestens eine Position an."
        raise Malformed(FieldError("lines", "empty", text))
    if errors := receipt_errors(waiting, wanted):
        raise Malformed(*errors)
    receipts = tuple(_receipt(line, by, now) for line in wanted)
    session.add_all(receipts)
    if complaint := _complaint(waiting, wanted):
        comment_on_call_off(
            session,
            by,
            call_off.number,
            Tenant(call_off.member_id),
            now,
            side=Side.ORDERER,
            text=complaint,
        )
    member = session.get_one(Member, call_off.member_id)
    claim_time(session, member, call_off.id, by, STAGE, now)
    if len(wanted) == len(waiting):
        call_off.received_at = now
    session.flush()
    happening = Happening("goods.received", call_off.number, by.name, _payload(waiting, wanted))
    append(session, member_stream(member.key), now, happening)
    return receipts


def _receipt(line: ReceivedLine, by: Actor, now: datetime) -> GoodsReceipt:
    return GoodsReceipt(
        delivery_line_id=line.delivery_line_id,
        accepted=line.accepted,
        damaged=line.damaged,
        missing=line.missing,
        note=clean(line.note),
        by=by.person_id,
        at=now,
    )


def _complaint(waiting: Mapping[int, Awaited], wanted: Iterable[ReceivedLine]) -> str:
    rows = [
        f"{waiting[line.delivery_line_id].delivery}, {waiting[line.delivery_line_id].name}: "
        f"{line.damaged} beschädigt, {line.missing} fehlt. {clean(line.note)}"
        for line in wanted
        if line.short
    ]
    return "\n".join(("Wareneingang mit Mängeln:", *rows))[:LONGEST] if rows else ""


def _payload(waiting: Mapping[int, Awaited], wanted: Iterable[ReceivedLine]) -> dict[str, object]:
    return {
        "lines": [
            {
                "delivery": waiting[line.delivery_line_id].delivery,
                "sku": waiting[line.delivery_line_id].sku,
                "accepted": line.accepted,
                "damaged": line.damaged,
                "missing": line.missing,
                "note": clean(line.note),
            }
            for line in wanted
        ]
    }
