"""Issuing the invoice over everything that is delivered and not yet invoiced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.budgets.book_invoice import book_invoice
from app.budgets.funds import Because, budgets_of
from app.budgets.rules import gross_of
from app.catalog.records import Article
from app.database.tenant import Tenant
from app.documents.invoice.einvoice import Issuer
from app.documents.invoice.einvoice_rules import faults
from app.eligibility.deciding.record_decision import Recorded
from app.eligibility.rules import Phase
from app.invoicing.compose_invoice import compose_invoice
from app.invoicing.queries import BillableLine, billable_lines, of_call_off
from app.invoicing.records import Invoice
from app.invoicing.store_invoice import Origin, store_invoice
from app.invoicing.tell_buyer import tell_buyer
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.ordering.act import record_move
from app.ordering.charging.move_charges import charges_of, release_charges
from app.ordering.queries import lock_call_off
from app.ordering.rechecking.recheck_call_off import recheck_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side, State
from app.ordering.wanted import Actor

REVERSE_CHARGE: Final = (
    "Der Artikel {sku} kann unter die Steuerschuldnerschaft des Leistungsempfängers fallen "
    "(§ 13b Abs. 2 Nr. 10 UStG). Solche Rechnungen stellt das Portal noch nicht aus. "
    "Bitte rechnen Sie diesen Abruf außerhalb des Portals ab."
)


@dataclass(frozen=True, slots=True)
class NothingToInvoice:
    """Not an error: `closed` says that the call-off was found fully invoiced and is closed now."""

    call_off_number: str
    closed: bool = False
    code: str = "nothing_to_invoice"

    @property
    def text(self) -> str:
        if self.closed:
            return "Alles Gelieferte ist abgerechnet. Der Abruf steht jetzt auf „abgerechnet“."
        return "Zu diesem Abruf ist nichts geliefert, was noch nicht abgerechnet ist."


def issue_invoice(
    session: Session, actor: Actor, number: str, tenant: Tenant, issuer: Issuer, now: datetime
) -> Invoice | NothingToInvoice:
    """One invoice over all open delivered lines of call-off `number`; the lock makes twice once.

    Raises NotFound, and Conflict where the invoice may not be written; no number is used then.
    """
    found = lock_call_off(session, number, tenant)
    lines = billable_lines(session, found)
    if not lines:
        return _nothing(session, actor, found, now)
    _refuse_reverse_charge(session, lines)
    draft = compose_invoice(session, found, lines, issuer, legal_day(now))
    if wrong := faults(draft):
        sentences = " ".join(fault.text for fault in wrong)
        raise Conflict(f"Die Rechnung kann nicht ausgestellt werden. {sentences}", wrong[0].code)
    delivered_on = max(line.delivered_on for line in lines)
    checked = recheck_call_off(session, found, Phase.INVOICE, delivered_on, actor, now)
    origin = Origin(found.id, found.member_id, actor.person_id)
    line_ids = [line.delivery_line_id for line in lines]
    issued = store_invoice(session, draft, line_ids, origin, now)
    _charge_budgets(session, found, lines, issued)
    tell_buyer(session, found, issued, now)
    _record(session, actor, found, issued, checked, now)
    if found.state is State.DELIVERED:
        record_move(
            session, found, Move.INVOICE, actor, Side.DESK, now, payload={"invoice": issued.number}
        )
    return issued


def _nothing(session: Session, actor: Actor, found: CallOff, now: datetime) -> NothingToInvoice:
    """Where the undelivered rest was cancelled after the last invoice, the order is closed here."""
    if found.state is State.DELIVERED and of_call_off(session, found.id):
        release_charges(session, found, actor.person_id, "", now)
        record_move(session, found, Move.INVOICE, actor, Side.DESK, now)
        return NothingToInvoice(found.number, closed=True)
    return NothingToInvoice(found.number)


def _charge_budgets(
    session: Session, found: CallOff, lines: Sequence[BillableLine], issued: Invoice
) -> None:
    """What the order held becomes what was spent; the last invoice releases the rest."""
    if not budgets_of(session, found.member_id):
        return
    pieces: dict[str, int] = {}
    for line in lines:
        pieces[line.ordered.sku] = pieces.get(line.ordered.sku, 0) + line.quantity
    amounts = gross_of(charges_of(session, found, pieces), issued.gross)
    because = Because(found.number, issued.issued_by, issued.number)
    is_last = found.state is State.DELIVERED
    at = issued.issued_at
    book_invoice(session, found.member_id, amounts, because, at, is_last=is_last)


def _refuse_reverse_charge(session: Session, lines: Sequence[BillableLine]) -> None:
    listed = {one for line in lines if (one := line.ordered.article_id) is not None}
    free = [line.ordered for line in lines if line.ordered.is_free and line.ordered.reverse_charge]
    doubtful = (
        free[0].sku
        if free
        else session.scalars(
            select(Article.sku).where(Article.id.in_(listed), Article.rc_category)
        ).first()
    )
    if doubtful is not None:
        raise Conflict(REVERSE_CHARGE.format(sku=doubtful), "reverse_charge")


def _record(
    session: Session,
    actor: Actor,
    found: CallOff,
    issued: Invoice,
    checked: Recorded,
    now: datetime,
) -> None:
    happening = Happening(
        "invoice.issued",
        issued.number,
        actor.name,
        {
            "call_off": found.number,
            "net": issued.net.text,
            "vat": issued.vat.text,
            "gross": issued.gross.text,
            "pdf_sha256": issued.pdf_sha256,
            "ubl_sha256": issued.ubl_sha256,
            "cii_sha256": issued.cii_sha256,
            "decision": checked.sha256,
        },
    )
    key = session.get_one(Member, found.member_id).key
    append(session, member_stream(key), now, happening)
