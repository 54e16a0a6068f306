"""The checkout page: one page, one button that says what happens."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, no_scan
from app.archive.media_type import LARGEST_FILE
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import actor, buyer
from app.ordering.attaching.keep_paper import keep_paper
from app.ordering.basket import contents as basket
from app.ordering.basket.take_successor import take_successor
from app.ordering.charging.effects_of import funds_left
from app.ordering.checkout import Checkout, checkout, prefilled, prefilled_like
from app.ordering.effects import Effect
from app.ordering.forms import BASKET, CheckoutForm, need, read_checkout
from app.ordering.placing.send_checkout import BasketMoved, PricesMoved, RefusedPart, send_checkout
from app.ordering.rules_funding import closed_words, year_fault
from app.ordering.shares.rules_shares import one_more
from app.ordering.shares.share_form import PREFIX, as_typed
from app.ordering.turns.give_turns import TurnMoved
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import is_fragment, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
PAGE = "ordering/checkout.html"
FRAGMENT = "ordering/_checkout.html"
PAST = "Der Wunschtermin liegt in der Vergangenheit."
CheckoutParts = Callable[[Session, Checkout, CheckoutForm, datetime], tuple[Effect, ...]]


@router.get("/bestellen")
def show(request: Request, db: Db, now: Now, asking: Buyer, wie: str = "") -> Response:
    """With the basket, or with the lines of an earlier order (`wie` = its number)."""
    owner = buyer(asking)
    if wie:
        before = queries.call_off(db, wie, asking.tenant)
        form = prefilled_like(db, owner, before)
        _drop_unknown(db, form, now)
        more = {"unrepeated": [line for line in before.lines if line.is_free]}
        return _page(request, db, owner, form, now, more=more)
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
    _split(form, sent)
    form.papers = [paper for paper in form.papers if str(paper) != sent.get("anhangweg")]
    if old := sent.get("nachfolger", ""):
        owner = buyer(asking)
        form.quantities = take_successor(db, owner.member_id, form.quantities, old, now)
        if form.source == BASKET:
            basket.refill(db, owner, form.quantities, now)
    return _page(request, db, buyer(asking), form, now)


def handed_paper(anhang: Annotated[UploadFile | None, File()] = None) -> tuple[str, bytes]:
    """Name and content; a byte beyond the limit is enough to refuse it."""
    if anhang is None:
        return "", b""
    return anhang.filename or "", anhang.file.read(LARGEST_FILE + 1)


async def configured_scanner(request: Request) -> Scanner:
    found: Scanner = getattr(request.app.state, "scan", no_scan)
    return found


@router.post("/bestellen/anhang")
def attach(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    sent: Sent,
    handed: Annotated[tuple[str, bytes], Depends(handed_paper)],
    scan: Annotated[Scanner, Depends(configured_scanner)],
) -> Response:
    """Keep a file for the order that is being written; nothing that was typed is lost."""
    owner, form = buyer(asking), read_checkout(sent)
    try:
        confirms = "anhang_mittel" in sent
        kept = keep_paper(db, owner, *handed, now, scan, confirms_funds=confirms)
        form.papers.append(kept.id)
    except Malformed as fault:
        form.errors["anhang"] = fault.errors[0].text
        return _page(request, db, owner, form, now, status=422)
    return _page(request, db, owner, form, now)


@router.post("/bestellen")
def send(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """Submit; a second press, a reload or a retry leads to the same orders."""
    owner = buyer(asking)
    form = read_checkout(sent)
    need(form)
    _refuse_past_days(form, legal_day(now))
    if form.errors:
        return _page(request, db, owner, form, now, status=422)
    try:
        result = send_checkout(db, actor(asking), owner, form, now)
    except (PricesMoved, TurnMoved) as moved:
        db.rollback()  # the key too: the next press is a new order at the new prices
        form.errors["artikel"] = moved.text
        return _page(request, db, owner, form, now, status=409)
    except BasketMoved as moved:
        db.rollback()
        form.errors["artikel"], form.source = moved.text, ""  # sent once more, it is meant so
        return _page(request, db, owner, form, now, status=409)
    if result.refused:
        more = {"refused": result.refused, "numbers": result.numbers}
        _keep_refused(form, result.refused)
        return _page(request, db, owner, form, now, status=409, more=more)
    if len(result.numbers) == 1:
        return redirect(request, f"/abrufe/{result.numbers[0]}")
    return redirect(request, "/abrufe")


def _refuse_past_days(form: CheckoutForm, today: date) -> None:
    if closed := year_fault(form.budget_year, today):
        form.errors["jahr"] = closed
    if form.requested_date is not None and form.requested_date < today:
        form.errors["wunschtermin"] = PAST
    for one in form.shares:
        if one.share.wanted_on is not None and one.share.wanted_on < today:
            form.errors[f"{PREFIX}{one.number}-termin"] = PAST


def _keep_refused(form: CheckoutForm, refused: Sequence[RefusedPart]) -> None:
    """What was ordered leaves the form; the rest may be sent again under a key of its own."""
    for part in refused:
        if part.refused.no_funds is not None:
            form.errors["konto"] = part.reason
    form.key = f"{form.key}+"
    form.quantities = {sku: count for part in refused for sku, count in part.quantities.items()}
    form.shares = [one for one in form.shares if one.share.sku in form.quantities]


def _split(form: CheckoutForm, sent: Mapping[str, str]) -> None:
    """The buttons of a line: split it, one share more, one less, whole again."""
    more, whole, less = (sent.get(name, "") for name in ("teilen", "ungeteilt", "teilweg"))
    kept = [
        one
        for one in form.shares
        if one.share.sku in form.quantities and one.share.sku != whole and str(one.number) != less
    ]
    shares = tuple(one.share for one in kept)
    if more in form.quantities:
        shares = one_more(shares, more, form.quantities[more])
    if len(shares) != len(form.shares):  # numbered anew: what was wrong is said when sending
        form.errors = {at: text for at, text in form.errors.items() if not at.startswith(PREFIX)}
    form.shares = as_typed(shares, kept)


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
    parts: CheckoutParts | None = getattr(request.app.state, "checkout_parts", None)
    content = checkout(db, owner, form, now)
    context = {
        "form": form,
        "errors": form.errors,
        "checkout": content,
        "effects": parts(db, content, form, now) if parts is not None else (),
        "funds_left": funds_left(db, owner.member_id, form.budget_year or legal_day(now).year),
        "checked_at": now,
        "closed": closed_words(content.member.order_stop_date, form.budget_year, legal_day(now)),
        "refused": (),
        "numbers": (),
        "unrepeated": (),
        **(more or {}),
    }
    name = FRAGMENT if is_fragment(request) else PAGE
    return render(request, name, context, status=status)
