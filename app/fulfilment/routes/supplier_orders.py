"""What the desk passes on to suppliers: waiting bundles, and orders that went out."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.fulfilment.supplier_orders import queries
from app.fulfilment.supplier_orders.bundle_call_offs import bundle_call_offs
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import actor
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter()
Desk = Annotated[Asking, Depends(needs(Scope.DELIVERIES_WRITE))]
ADDRESS: Final = "/lieferantenbestellungen"


@router.get(ADDRESS)
def show_supplier_orders(
    request: Request, db: Db, _desk: Desk, neu: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    context = {"bundles": queries.bundles(db), "sent": queries.sent_orders(db), "made": neu}
    return render(request, "fulfilment/supplier_orders.html", context)


@router.post(ADDRESS)
def order_from_supplier(request: Request, db: Db, now: Now, desk: Desk, sent: Sent) -> Response:
    framework, supplier = sent.get("framework", ""), sent.get("supplier", "")
    made = bundle_call_offs(db, actor(desk), framework, supplier, now)
    return redirect(request, f"{ADDRESS}?neu={made.number}")


@router.get(ADDRESS + "/{number}.pdf")
def supplier_order_paper(db: Db, _desk: Desk, number: str) -> Response:
    stored = queries.order_file(db, number, as_csv=False)
    return download(stored.content, stored.media_type, f"{number}.pdf")


@router.get(ADDRESS + "/{number}.csv")
def supplier_order_table(db: Db, _desk: Desk, number: str) -> Response:
    stored = queries.order_file(db, number, as_csv=True)
    return download(stored.content, "text/csv; charset=utf-8", f"{number}.csv")
