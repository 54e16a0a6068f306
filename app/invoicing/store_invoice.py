"""The last step of every document: number, files and rows, all in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.archive.store import keep
from app.documents.invoice import einvoice
from app.documents.invoice.cii_invoice import cii_xml
from app.documents.invoice.invoice_pdf import invoice_pdf
from app.documents.invoice.ubl_invoice import ubl_xml
from app.documents.limiter import ONE_AT_A_TIME
from app.documents.plain import plain
from app.invoicing.records import Invoice, InvoiceLine
from app.invoicing.rules import number_of, series_of
from app.kernel.canonical import canonical_json
from app.ordering.placing.draw_number import draw_number

PDF: Final = "application/pdf"
XML: Final = "application/xml"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the row says besides the document: whose it is, who issued it, and why."""

    call_off_id: int
    member_id: int
    issued_by: int
    cancels_id: int | None = None
    reason: str = ""


def store_invoice(
    session: Session,
    draft: einvoice.Invoice,
    delivery_line_ids: Sequence[int],
    origin: Origin,
    now: datetime,
) -> Invoice:
    """Draw the number (a rollback gives it back), make the files, write the rows.

    `delivery_line_ids` go with the lines of `draft` in their order. The draft was checked before:
    a number is drawn only for a document that will be issued.
    """
    prefix, year = draft.issuer.number_prefix, draft.issued_on.year
    drawn = draw_number(session, series_of(prefix, year))
    document = replace(draft, number=number_of(prefix, year, drawn))
    issued = _row(session, document, origin, now)
    issued.lines = _lines(document, delivery_line_ids)
    session.add(issued)
    session.flush()
    return issued


def _row(session: Session, document: einvoice.Invoice, origin: Origin, now: datetime) -> Invoice:
    with ONE_AT_A_TIME:
        paper = invoice_pdf(document)
    totals = document.totals
    return Invoice(
        number=document.number,
        type_code=document.kind.value,
        call_off_id=origin.call_off_id,
        member_id=origin.member_id,
        cancels_id=origin.cancels_id,
        issued_on=document.issued_on,
        due_on=document.due_on or document.issued_on,
        net=totals.net,
        vat=totals.vat,
        gross=totals.gross,
        vat_percent=document.lines[0].vat_percent,
        reason=origin.reason,
        document=canonical_json(plain(document)),
        pdf_sha256=keep(session, paper, PDF, now),
        ubl_sha256=keep(session, ubl_xml(document), XML, now),
        cii_sha256=keep(session, cii_xml(document), XML, now),
        issued_by=origin.issued_by,
        issued_at=now,
    )


def _lines(document: einvoice.Invoice, delivery_line_ids: Sequence[int]) -> list[InvoiceLine]:
    return [
        InvoiceLine(
            position=line.position,
            delivery_line_id=delivery_line_id,
            sku=line.sku,
            name=line.name,
            quantity=line.quantity,
            unit_price=line.unit_price,
            net=line.net,
        )
        for line, delivery_line_id in zip(document.lines, delivery_line_ids, strict=True)
    ]
