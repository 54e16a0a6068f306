"""The checkout page: one page, one button that says what happens."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import basket, queries
from app.ordering.asking import actor, buyer
from app.ordering.checkout import checkout, prefilled, prefilled_like
from app.ordering.forms import BASKET, CheckoutForm, need, read_checkout
from app.ordering.send_checkout import send_checkout
from app.ordering.take_successor import take_successor
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import is_fragment, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
PAGE = "ordering/checkout.html"
FRAGMENT = "ordering/_checkout.html"


@router.get("/bestellen")
def show(request: Request, db: Db, now: Now, asking: Buyer, wie: str = "") -> Response:
    """With the basket, or with the lines of an earlier order (`wie` = its number)."""
    owner = buyer(asking)
    if wie:
        form = prefilled_like(db, owner, queries.call_off(db, wie, asking.tenant))
        _drop_unknown(db, form, now)
    else:
        form = prefilled(db, owner, basket.quantities(db, owner), basket.terms(db, owner))
    return _page(request, db, owner, form, now)


@router.post("/bestellen/pruefung")
def check(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """Prices, totals and check again after a change, or with a successor; sends nothing."""
    form = read_checkout(sent)
    for name, step in (("minus", -1), ("plus", 1)):
        sku = sent.get(name, "")
        if sku in form.quantities:
            form.quantities[sku] = max(0, form.quantities.get(sku, 0) + step)
    form.quantities = {sku: count for sku, count in form.quantities.items() if count}
    if old := sent.get("nachfolger", ""):
        owner = buyer(asking)
        form.quantities = take_successor(db, owner.member_id, form.quantities, old, now)
        if form.source == BASKET:
            basket.refill(db, owner, form.quantities, now)
    return _page(request, db, buyer(asking), form, now)


@router.post("/bestellen")
def send(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """Submit; a second press, a reload or a retry leads to the same orders."""
    owner = buyer(asking)
    form = read_checkout(sent)
    need(form)
    if form.requested_date is not None and form.requested_date < legal_day(now):
        form.errors["wunschtermin"] = "Der Wunschtermin liegt in der Vergangenheit."
    if form.errors:
        return _page(request, db, owner, form, now, status=422)
    result = send_checkout(db, actor(asking), owner, form, now)
    if result.refused:
        more = {"refused": result.refused, "numbers": result.numbers}
        form.key = f"{form.key}+"
        form.quantities = {
            sku: count for part in result.refused for sku, count in part.quantities.items()
        }
        return _page(request, db, owner, form, now, status=409, more=more)
    if len(result.numbers) == 1:
        return redirect(request, f"/abrufe/{result.numbers[0]}")
    return redirect(request, "/abrufe")


def _drop_unknown(db: Session, form: CheckoutForm, now: Now) -> None:
    """Articles that are in no catalog any more are named instead of stopping the reorder."""
    known = basket.known_only(db, form.quantities, now)
    gone = [sku for sku in form.quantities if sku not in known]
    if gone:
        form.errors["artikel"] = "Nicht mehr im Katalog: " + ", ".join(gone) + "."
    form.quantities = known


def _page(
    request: Request,
    db: Session,
    owner: basket.Owner,
    form: CheckoutForm,
    now: Now,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> Response:
    context = {
        "form": form,
        "errors": form.errors,
        "checkout": checkout(db, owner, form, now),
        "checked_at": now,
        "refused": (),
        "numbers": (),
        **(more or {}),
    }
    name = FRAGMENT if is_fragment(request) else PAGE
    return render(request, name, context, status=status)
