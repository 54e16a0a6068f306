"""One plain mail to the buyer's invoice address; the files stay in the portal."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.documents.einvoice import DocumentType
from app.invoicing.records import Invoice
from app.kernel.german import day, euro
from app.members.records import Member
from app.ordering.records import CallOff
from app.outbox.enqueue import send_mail


def tell_buyer(session: Session, found: CallOff, issued: Invoice, now: datetime) -> None:
    """To the member's invoice address, else to whoever ordered."""
    member = session.get_one(Member, found.member_id)
    to = member.invoice_mail or session.get_one(Person, found.ordered_by).mail
    kind = DocumentType(issued.type_code)
    rows = [
        f"zum Abruf {found.number} liegt im Portal die {kind.german} {issued.number}.",
        f"Datum: {day(issued.issued_on)}",
        f"Betrag brutto: {euro(issued.gross)}",
    ]
    if kind is DocumentType.INVOICE:
        rows.append(f"Fällig am: {day(issued.due_on)}")
    rows += ["", "Sie finden sie dort unter Rechnungen als PDF und als XRechnung."]
    subject = f"{kind.german} {issued.number} zum Abruf {found.number}"
    body = "Guten Tag,\n\n" + "\n".join(rows) + "\n"
    send_mail(session, to, subject, body, now, f"invoice:{issued.number}")
