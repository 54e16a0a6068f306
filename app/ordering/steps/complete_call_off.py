"""Completing: the member has received the goods and checked the invoice."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import Conflict
from app.members.queries import member_of
from app.ordering.act import check_side, check_version, record_move
from app.ordering.note_time import claim_time
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side
from app.ordering.wanted import Actor

INVOICE_STAGE: Final = "invoice"


class ReceiptMissing(Conflict):
    """Nothing is complete before the member has confirmed the goods."""

    code = "receipt_missing"

    def __init__(self) -> None:
        super().__init__("Bitte bestätigen Sie zuerst den Wareneingang.")


def complete_call_off(
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    seen: int | None = None,
) -> CallOff:
    """Only after receipt and invoice; from now on the order counts in the savings report."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    check_side(found, Move.COMPLETE, Side.ORDERER)
    if found.received_at is None:
        raise ReceiptMissing
    member = member_of(session, tenant, found.member_id)
    claim_time(session, member, found.id, actor, INVOICE_STAGE, now)
    record_move(session, found, Move.COMPLETE, actor, Side.ORDERER, now)
    return found
