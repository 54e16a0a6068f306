"""`/api/v1/invoices`: the same use cases as the pages, no rule of its own."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from app.documents.invoice.einvoice import Issuer
from app.invoicing.api_models import (
    CancellationWanted,
    InvoiceList,
    InvoiceWanted,
    WholeInvoiceGiven,
    row_given,
    whole_given,
)
from app.invoicing.cancel_invoice import cancel_invoice
from app.invoicing.invoice_files import Form, invoice_file
from app.invoicing.invoice_page import invoice_page
from app.invoicing.issue_invoice import NothingToInvoice, issue_invoice
from app.invoicing.list_queries import Wish, listing
from app.kernel.errors import FieldError, Malformed
from app.kernel.month import Month
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.asking import actor
from app.web.api_document import file_of
from app.web.dependencies import Db, Now
from app.web.errors import problem
from app.web.paging import Paged

router = APIRouter(tags=["Rechnungen"])
Reader = Annotated[Asking, Depends(needs_token(Scope.INVOICES_READ))]
Biller = Annotated[Asking, Depends(needs_token(Scope.INVOICES_WRITE))]


def issuer(request: Request) -> Issuer:
    known: Issuer = request.app.state.issuer
    return known


@router.post(
    "/call-offs/{number}/invoices",
    status_code=201,
    response_model=WholeInvoiceGiven,
    summary="Rechnung ausstellen (Abwicklung)",
    description="Über alles, was geliefert und noch nicht berechnet ist; sonst 409 "
    "`nothing_to_invoice`. Ohne Inhalt oder mit einem leeren Objekt zu senden.",
)
def issue(
    db: Db,
    now: Now,
    asking: Biller,
    number: str,
    by: Annotated[Issuer, Depends(issuer)],
    _body: InvoiceWanted | None = None,
) -> Response | WholeInvoiceGiven:
    """Issue the invoice over all that is delivered and not yet invoiced, else 409."""
    issued = issue_invoice(db, actor(asking), number, asking.tenant, by, now)
    if isinstance(issued, NothingToInvoice):
        return problem(409, issued.code, issued.text)
    return whole_given(invoice_page(db, issued.number, asking.tenant))


@router.get(
    "/invoices",
    summary="Rechnungen, die neueste zuerst",
    description="`month` wie 2026-11; `q` sucht in Nummern und Mitgliedern.",
)
def show_all(
    db: Db,
    asking: Reader,
    month: Annotated[str, Query(examples=["2026-11"])] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    *,
    paged: Paged,
) -> InvoiceList:
    """The newest first; `month` as 2026-11, `q` searches numbers and members."""
    wanted_month = Month.parse(month) if month else None
    if month and wanted_month is None:
        raise Malformed(FieldError("month", "form", "Bitte als JJJJ-MM, zum Beispiel 2026-10."))
    wish = Wish(month=wanted_month, text=q, page=paged.page)
    found = listing(db, wish, asking.tenant, paged.size)
    items = [row_given(row) for row in found.rows]
    return InvoiceList(items=items, total=found.total, next=paged.next(found.total))


@router.get(
    "/invoices/{number}.pdf",
    summary="Rechnung als PDF (hybrid)",
    description="Byte für Byte, wie sie ausgestellt wurde.",
    response_class=Response,
    responses=file_of("application/pdf", "Die Rechnung."),
)
def show_pdf(db: Db, asking: Reader, number: str) -> Response:
    """The paper as it was issued, byte for byte."""
    return _file(db, asking, number, Form.PDF)


@router.get(
    "/invoices/{number}.ubl.xml",
    summary="XRechnung in UBL",
    description="Byte für Byte, wie sie ausgestellt wurde.",
    response_class=Response,
    responses=file_of("application/xml", "Die Rechnung."),
)
def show_ubl(db: Db, asking: Reader, number: str) -> Response:
    """The XRechnung in UBL as it was issued, byte for byte."""
    return _file(db, asking, number, Form.UBL)


@router.get(
    "/invoices/{number}.cii.xml",
    summary="XRechnung in CII",
    description="Byte für Byte, wie sie ausgestellt wurde.",
    response_class=Response,
    responses=file_of("application/xml", "Die Rechnung."),
)
def show_cii(db: Db, asking: Reader, number: str) -> Response:
    """The XRechnung in CII as it was issued, byte for byte."""
    return _file(db, asking, number, Form.CII)


@router.get("/invoices/{number}", summary="Eine Rechnung mit Positionen")
def show(db: Db, asking: Reader, number: str) -> WholeInvoiceGiven:
    return whole_given(invoice_page(db, number, asking.tenant))


@router.post(
    "/invoices/{number}/cancellation",
    status_code=201,
    summary="Rechnung stornieren (Abwicklung)",
    description="In voller Höhe; die Antwort ist die Stornorechnung, ein eigenes Dokument.",
)
def cancel(
    db: Db, now: Now, asking: Biller, number: str, body: CancellationWanted
) -> WholeInvoiceGiven:
    """Cancel in full: the answer is the cancellation, a document of its own."""
    issued = cancel_invoice(db, actor(asking), number, asking.tenant, body.reason, now)
    return whole_given(invoice_page(db, issued.number, asking.tenant))


def _file(db: Session, asking: Asking, number: str, form: Form) -> Response:
    found = invoice_file(db, number, form, asking.tenant)
    return Response(found.content, media_type=found.media_type)
