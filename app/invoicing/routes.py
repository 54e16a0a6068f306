"""Pages of invoices: the list, one document, issuing and cancelling.

Making an invoice renders a PDF. The use cases do that under a limiter of one for the whole
process (`documents.limiter`), so papers queue behind each other and never behind each other's
pages; downloads only hand out what was stored.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.documents.invoice.einvoice import Issuer
from app.invoicing.cancel_invoice import cancel_invoice
from app.invoicing.export_invoices import export_invoices
from app.invoicing.invoice_files import Form, invoice_file
from app.invoicing.invoice_page import invoice_page
from app.invoicing.issue_invoice import NothingToInvoice, issue_invoice
from app.invoicing.list_queries import NEWEST, PAGE_SIZE, Wish, everything, listing
from app.invoicing.rules import Standing
from app.kernel.errors import Conflict, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import actor
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.INVOICES_READ))]
Biller = Annotated[Asking, Depends(needs(Scope.INVOICES_WRITE))]
CSV: Final = "text/csv; charset=utf-8"


def issuer(request: Request) -> Issuer:
    """Who issues: read from the settings at the start."""
    known: Issuer = request.app.state.issuer
    return known


def wish(
    *,
    stand: Annotated[str, Query(max_length=20)] = "",
    monat: Annotated[str, Query(max_length=7)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    sort: Annotated[str, Query(max_length=20)] = NEWEST,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Wish:
    """What the address asks for; what nobody knows is as if it were not said."""
    known = Standing(stand) if stand in set(Standing) else None
    return Wish(known, Month.parse(monat), q, sort, page)


Wished = Annotated[Wish, Depends(wish)]


@router.get("/rechnungen")
def show_all(request: Request, db: Db, asking: Reader, wished: Wished) -> Response:
    context = {
        "wish": wished,
        "listing": listing(db, wished, asking.tenant),
        "size": PAGE_SIZE,
        "standings": tuple(Standing),
    }
    return render(request, "invoicing/invoices.html", context)


@router.get("/rechnungen/export.csv")
def export(db: Db, now: Now, asking: Reader, wished: Wished) -> Response:
    rows = everything(db, wished, asking.tenant)
    return download(export_invoices(rows), CSV, f"rechnungen-{legal_day(now).isoformat()}.csv")


@router.get("/rechnungen/{number}.pdf")
def show_pdf(db: Db, asking: Reader, number: str) -> Response:
    return _file(db, asking, number, Form.PDF)


@router.get("/rechnungen/{number}.ubl.xml")
def show_ubl(db: Db, asking: Reader, number: str) -> Response:
    return _file(db, asking, number, Form.UBL)


@router.get("/rechnungen/{number}.cii.xml")
def show_cii(db: Db, asking: Reader, number: str) -> Response:
    return _file(db, asking, number, Form.CII)


@router.get("/rechnungen/{number}")
def show(
    request: Request,
    db: Db,
    asking: Reader,
    number: str,
    neu: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    return _page(request, db, asking, number, {"new": bool(neu)})


@router.post("/rechnungen/{number}/stornieren")
def cancel(request: Request, db: Db, now: Now, asking: Biller, number: str, sent: Sent) -> Response:
    reason = sent.get("reason", "")
    try:
        issued = cancel_invoice(db, actor(asking), number, asking.tenant, reason, now)
    except Malformed as error:
        return _page(request, db, asking, number, {"errors": error.by_field, "typed": sent}, 422)
    return redirect(request, f"/rechnungen/{issued.number}?neu=1")


@router.post("/abwicklung/{number}/rechnung")
def issue(
    request: Request,
    db: Db,
    now: Now,
    asking: Biller,
    number: str,
    by: Annotated[Issuer, Depends(issuer)],
) -> Response:
    issued = issue_invoice(db, actor(asking), number, asking.tenant, by, now)
    if isinstance(issued, NothingToInvoice):
        if issued.closed:
            return redirect(request, f"/abwicklung/{number}")
        raise Conflict(issued.text, issued.code)
    return redirect(request, f"/rechnungen/{issued.number}?neu=1")


def _file(db: Session, asking: Asking, number: str, form: Form) -> Response:
    found = invoice_file(db, number, form, asking.tenant)
    return download(found.content, found.media_type, found.name)


def _page(
    request: Request,
    db: Session,
    asking: Asking,
    number: str,
    more: Mapping[str, Any],
    status: int = 200,
) -> Response:
    context = {
        "page": invoice_page(db, number, asking.tenant),
        "errors": {},
        "typed": {},
        "new": False,
        **more,
    }
    return render(request, "invoicing/invoice.html", context, status)
