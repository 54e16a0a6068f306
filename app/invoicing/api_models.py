"""What `/api/v1/invoices` takes and gives; totals are texts with two decimals."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.invoicing.invoice_page import InvoicePage
from app.invoicing.list_queries import ListedInvoice
from app.invoicing.rules import LONGEST_REASON, Standing
from app.web.sent_body import SentBody

STANDINGS = {
    Standing.OPEN: "valid",
    Standing.CANCELLED: "cancelled",
    Standing.CANCELLATION: "cancellation",
}


class InvoiceWanted(SentBody):
    """Nothing is to be said: the invoice goes over what is delivered and not yet invoiced."""


class CancellationWanted(SentBody):
    """Why the invoice is cancelled; the reason stands on the cancellation."""

    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON),
    ]


class InvoiceTotals(BaseModel):
    net: str
    vat: str
    gross: str
    currency: str = "EUR"


class InvoiceLineGiven(BaseModel):
    position: int
    sku: str
    name: str
    quantity: int
    unit: str
    unit_price_net: str
    net: str
    vat_percent: int


class InvoiceGiven(BaseModel):
    """One row of the list; `type_code` is 380 for an invoice, 381 for its cancellation."""

    number: str
    type_code: str
    state: str
    issued_on: date
    due_on: date
    call_off: str
    totals: InvoiceTotals
    links: dict[str, str]


class WholeInvoiceGiven(InvoiceGiven):
    """The document with its lines, parties by name, and what it cancels or was cancelled by."""

    buyer: str
    buyer_reference: str
    issuer: str
    supplied_from: date
    supplied_to: date
    cancels: str | None
    cancelled_by: str | None
    lines: list[InvoiceLineGiven]
    sha256: dict[str, str]


class InvoiceList(BaseModel):
    items: list[InvoiceGiven]
    total: int
    next: str | None


def row_given(row: ListedInvoice) -> InvoiceGiven:
    return InvoiceGiven(
        number=row.number,
        type_code=row.type_code,
        state=STANDINGS[row.standing],
        issued_on=row.issued_on,
        due_on=row.due_on,
        call_off=row.call_off_number,
        totals=InvoiceTotals(net=row.net.text, vat=row.vat.text, gross=row.gross.text),
        links=_links(row.number),
    )


def whole_given(page: InvoicePage) -> WholeInvoiceGiven:
    found, document = page.invoice, page.document
    return WholeInvoiceGiven(
        number=found.number,
        type_code=found.type_code,
        state=STANDINGS[page.standing],
        issued_on=found.issued_on,
        due_on=found.due_on,
        call_off=page.related.call_off_number,
        totals=InvoiceTotals(net=found.net.text, vat=found.vat.text, gross=found.gross.text),
        links=_links(found.number),
        buyer=document.buyer.name,
        buyer_reference=document.buyer.reference,
        issuer=document.issuer.name,
        supplied_from=document.supplied_from,
        supplied_to=document.supplied_to,
        cancels=page.related.cancels or None,
        cancelled_by=page.related.cancelled_by or None,
        lines=[
            InvoiceLineGiven(
                position=line.position,
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit=line.unit,
                unit_price_net=line.unit_price.text,
                net=line.net.text,
                vat_percent=line.vat_percent,
            )
            for line in document.lines
        ],
        sha256={"pdf": found.pdf_sha256, "ubl": found.ubl_sha256, "cii": found.cii_sha256},
    )


def _links(number: str) -> dict[str, str]:
    here = f"/api/v1/invoices/{number}"
    return {
        "self": here,
        "page": f"/rechnungen/{number}",
        "pdf": f"{here}.pdf",
        "ubl": f"{here}.ubl.xml",
        "cii": f"{here}.cii.xml",
    }
