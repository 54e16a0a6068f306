"""Telling the buyer of an invoice; the files stay in the portal."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.documents.invoice.einvoice import DocumentType
from app.invoicing.records import Invoice
from app.kernel.german import day, euro
from app.members.records import Member
from app.notices.announce import News, announce
from app.notices.rules import Event
from app.ordering.records import CallOff
from app.outbox.enqueue import send_mail


def tell_buyer(session: Session, found: CallOff, issued: Invoice, now: datetime) -> None:
    """Whoever ordered, and by mail the member's invoice address: nobody's choice."""
    member = session.get_one(Member, found.member_id)
    kind = DocumentType(issued.type_code)
    rows = [
        f"Zum Abruf {found.number} liegt im Portal die {kind.german} {issued.number}.",
        f"Datum: {day(issued.issued_on)}",
        f"Betrag brutto: {euro(issued.gross)}",
    ]
    if kind is DocumentType.INVOICE:
        rows.append(f"Fällig am: {day(issued.due_on)}")
    rows += ["", "Sie finden sie dort als PDF und als XRechnung."]
    subject = f"{kind.german} {issued.number} zum Abruf {found.number}"
    text, cause = "\n".join(rows), f"invoice:{issued.number}"
    news = News(Event.INVOICE, subject, text, f"/rechnungen/{issued.number}")
    announce(session, news, [found.ordered_by], now, cause=cause)
    if member.invoice_mail:
        send_mail(session, member.invoice_mail, subject, f"Guten Tag,\n\n{text}\n", now, cause)
