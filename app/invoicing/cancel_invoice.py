"""Cancelling an issued invoice in full: a document of its own, nothing is ever deleted."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.budgets.funds import Because
from app.budgets.take_back_invoice import take_back_invoice
from app.database.tenant import Tenant
from app.documents.invoice import einvoice
from app.documents.invoice.einvoice import DocumentType, Preceding
from app.documents.restore import restored
from app.invoicing.queries import invoice, related
from app.invoicing.records import Invoice
from app.invoicing.rules import LONGEST_REASON
from app.invoicing.store_invoice import Origin, store_invoice
from app.invoicing.tell_buyer import tell_buyer
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import clean, day
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.ordering.act import record_move
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side, State
from app.ordering.wanted import Actor

SETTLED: Final = "Der Betrag wird verrechnet oder erstattet."
INVOICED: Final = frozenset({State.INVOICED, State.COMPLETED})


class AlreadyCancelled(Conflict):
    """An invoice is cancelled at most once."""

    code = "already_cancelled"


def cancel_invoice(
    session: Session, actor: Actor, number: str, tenant: Tenant, reason: str, now: datetime
) -> Invoice:
    """The Stornorechnung (type 381, positive amounts) over all of invoice `number`.

    Its delivered lines may be invoiced again. Raises NotFound, Malformed without a reason, and
    Conflict where the document is a cancellation itself or was cancelled before.
    """
    told = _needed(reason)
    original = invoice(session, number, tenant)
    found = _locked(session, original, tenant)
    _refuse(session, original)
    document = restored(einvoice.Invoice, json.loads(original.document))
    draft = _mirrored(document, told, now)
    origin = Origin(found.id, found.member_id, actor.person_id, original.id, told)
    line_ids = [line.delivery_line_id for line in original.lines]
    issued = store_invoice(session, draft, line_ids, origin, now)
    because = Because(found.number, actor.person_id, original.number, told)
    take_back_invoice(session, found.member_id, because, now)
    tell_buyer(session, found, issued, now)
    _record(session, actor, original, issued, now)
    if found.state in INVOICED:
        record_move(session, found, Move.REOPEN_INVOICE, actor, Side.DESK, now, reason=told)
    return issued


def _needed(reason: str) -> str:
    told = clean(reason)
    if not told:
        text = "Bitte nennen Sie den Grund der Stornierung."
        raise Malformed(FieldError("reason", "missing", text))
    if len(told) > LONGEST_REASON:
        text = f"Der Grund hat höchstens {LONGEST_REASON} Zeichen."
        raise Malformed(FieldError("reason", "too_long", text))
    return told


def _locked(session: Session, original: Invoice, tenant: Tenant) -> CallOff:
    """The call-off is the one lock of all its invoices, so two cancellations follow each other."""
    wanted = select(CallOff.number).where(CallOff.id == original.call_off_id)
    return lock_call_off(session, session.scalars(wanted).one(), tenant)


def _refuse(session: Session, original: Invoice) -> None:
    if original.type_code == DocumentType.CANCELLATION:
        raise Conflict("Eine Stornorechnung kann nicht storniert werden.", "not_cancellable")
    if by := related(session, original).cancelled_by:
        raise AlreadyCancelled(f"Diese Rechnung ist schon storniert, mit der Stornorechnung {by}.")


def _mirrored(document: einvoice.Invoice, reason: str, now: datetime) -> einvoice.Invoice:
    """The same lines, parties and amounts; only what belongs to the new document differs."""
    issued_on = day(document.issued_on)
    note = f"Storno der Rechnung {document.number} vom {issued_on} in voller Höhe. Grund: {reason}"
    return replace(
        document,
        kind=DocumentType.CANCELLATION,
        issued_on=legal_day(now),
        due_on=None,
        payment_terms=SETTLED,
        notes=(note,),
        preceding=Preceding(document.number, document.issued_on),
    )


def _record(
    session: Session, actor: Actor, original: Invoice, issued: Invoice, now: datetime
) -> None:
    happening = Happening(
        "invoice.cancelled",
        original.number,
        actor.name,
        {
            "cancellation": issued.number,
            "gross": issued.gross.text,
            "reason": issued.reason,
            "pdf_sha256": issued.pdf_sha256,
            "ubl_sha256": issued.ubl_sha256,
            "cii_sha256": issued.cii_sha256,
        },
    )
    key = session.get_one(Member, original.member_id).key
    append(session, member_stream(key), now, happening)
