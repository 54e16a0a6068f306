"""Pages of the basket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.catalog.article_content import article_content
from app.catalog.visible import visible_lots
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, whole_number
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.basket import contents as basket
from app.ordering.basket.take_successor import offers_for
from app.ordering.comparing.queries import kept_comparisons
from app.ordering.filling.queries import parked_baskets, taken_up
from app.ordering.forms import QUANTITY, TERM, read_checkout, read_term
from app.ordering.price_lines import PricedLine
from app.ordering.wanted import TermWrong
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import is_fragment, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
LONGEST: Final = 40  # of a quantity or term that is shown again
OF_ARTICLE: Final = "artikelseite"  # sent by the page of an article, which has room for a sentence
IN_PLACE: Final = {
    "HX-Retarget": "#inhalt",
    "HX-Reselect": "#inhalt",
    "HX-Reswap": "outerHTML",
}
NOTHING_TYPED: Final = "Bitte geben Sie eine Menge an; 0 entfernt den Artikel."


@router.get("/warenkorb")
def show(request: Request, db: Db, now: Now, asking: Buyer) -> Response:
    return render(request, "ordering/basket.html", _content(db, buyer(asking), now))


async def chosen_skus(request: Request) -> list[str]:
    """The article, the accessories ticked beside it, and the choices made (some still empty)."""
    form = await request.form()
    return [value for value in form.getlist("sku") if isinstance(value, str) and value]


@router.post("/warenkorb")
def add(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    skus: Annotated[list[str], Depends(chosen_skus)],
    sent: Sent,
) -> Response:
    owner = buyer(asking)
    if not skus:
        raise Malformed(FieldError("sku", "missing", "Bitte wählen Sie einen Artikel."))
    try:
        with db.begin_nested():
            added = _put(db, owner, skus, sent, now)
    except Malformed as wrong:
        if is_fragment(request) and OF_ARTICLE not in sent:
            raise
        return _article_again(request, db, owner, skus, sent, now, wrong)
    if "direkt" in sent:
        return redirect(request, "/bestellen")
    if not is_fragment(request):
        return redirect(request, "/warenkorb")
    context = {
        "names": [line.article.name for line in added],
        "count": basket.piece_count(db, owner),
    }
    return render(request, "ordering/_added.html", context)


def _put(
    db: Session, owner: basket.Owner, skus: list[str], sent: dict[str, str], now: datetime
) -> list[PricedLine]:
    """The term is the first article's; what is ordered along has none."""
    quantity = _quantity(sent.get("quantity", "1"))
    term = _term(sent.get("term", ""))
    return [
        basket.put_in_basket(db, owner, sku, quantity, now, term if sku == skus[0] else None)
        for sku in skus
    ]


def _article_again(
    request: Request,
    db: Session,
    owner: basket.Owner,
    skus: list[str],
    sent: dict[str, str],
    now: datetime,
    wrong: Malformed,
) -> Response:
    """The page of the article with what was typed and ticked, and the sentence at its field."""
    today = legal_day(now)
    visible = visible_lots(db, owner.member_id, today)
    context = article_content(db, skus[0], today, visible) | {
        "may_order": True,
        "path": "/artikel/" + quote(skus[0], safe=""),
        "typed": {**_shown(sent), "skus": skus[1:]},
        "errors": {_field(error): error.text for error in wrong.errors},
    }
    headers = IN_PLACE if is_fragment(request) else {}
    return render(request, "catalog/article.html", context, 422, headers)


def _shown(sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed, as a page may show it again."""
    return {name: clean(text)[:LONGEST] for name, text in sent.items()}


def _field(error: FieldError) -> str:
    return "term" if TermWrong.code in (error.field, error.code) else "quantity"


@router.post("/warenkorb/menge")
def change(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """All quantities of the page at once; 0 or the button of a row takes an article out."""
    owner = buyer(asking)
    before, terms = basket.quantities(db, owner), basket.terms(db, owner)
    errors = _set_all(db, owner, before, sent, now)
    after = basket.quantities(db, owner)
    lines = [(sku, many, terms.get(sku)) for sku, many in before.items() if sku not in after]
    gone = [_gone(db, owner, line, now) for line in lines[:1]]
    status = 422 if errors else 200
    if not is_fragment(request) and not errors:
        return redirect(request, "/warenkorb", *(f"{one.name} ist entfernt." for one in gone))
    context = _content(db, owner, now) | {"errors": errors, "typed": _shown(sent) if errors else {}}
    if not is_fragment(request):
        return render(request, "ordering/basket.html", context, status=status)
    context |= {"count": basket.piece_count(db, owner), "gone": gone[0] if gone else None}
    return render(request, "ordering/_basket.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Gone:
    """What was taken out and can be put back; `back` is false for what stands in no price list."""

    sku: str
    name: str
    quantity: int
    term: int | None
    back: bool


def _gone(db: Session, owner: basket.Owner, line: tuple[str, int, int | None], now: Now) -> Gone:
    """Also where the article has left the catalog: then it can only go."""
    sku, quantity, term = line
    if not basket.known_only(db, {sku: quantity}, now):
        return Gone(sku, sku, quantity, term, back=False)
    (part,) = basket.parts(db, {sku: quantity}, now, {sku: term} if term else {}, owner=owner)
    return Gone(sku, part.lines[0].article.name, quantity, term, back=True)


def _set_all(
    db: Session, owner: basket.Owner, before: Mapping[str, int], sent: dict[str, str], now: datetime
) -> dict[str, str]:
    """The sentences for what cannot be understood; those lines stay as they were."""
    form, errors = read_checkout(sent), {}
    for sku in before:
        name = f"{QUANTITY}{sku}"
        typed = sent.get(name, "").strip()
        if sku == sent.get("entfernen"):
            basket.set_quantity(db, owner, sku, 0, now)
        elif name in form.errors or (name in sent and not typed):
            errors[name] = form.errors.get(name, NOTHING_TYPED)
        elif typed:
            basket.set_quantity(
                db, owner, sku, _stepped(sent, sku, form.quantities.get(sku, 0)), now
            )
        if f"{TERM}{sku}" in sent and sku in form.terms:
            basket.set_term(db, owner, sku, form.terms[sku] or None)
    return errors


def _content(db: Session, owner: basket.Owner, now: Now) -> dict[str, Any]:
    wanted = basket.quantities(db, owner)
    kits = basket.kits_of(db, owner, wanted)
    parts = basket.parts(db, wanted, now, basket.terms(db, owner), kits, owner=owner)
    return {
        "parts": parts,
        "errors": {},
        "typed": {},
        "gone": None,
        "comparisons": kept_comparisons(db, owner),
        "offers": offers_for(db, owner.member_id, wanted, now),
        "parked": parked_baskets(db, owner, now),
        "taken_up": taken_up(db, owner, wanted, now),
    }


def _stepped(sent: dict[str, str], sku: str, quantity: int) -> int:
    """The quantity after the − or + button of this row was pressed."""
    if sent.get("minus") == sku:
        return max(0, quantity - 1)
    return quantity + 1 if sent.get("plus") == sku else quantity


def _quantity(text: str) -> int:
    quantity = whole_number(text)
    if quantity is not None:
        return quantity
    error = FieldError("quantity", "number", "Bitte geben Sie die Menge als ganze Zahl an.")
    raise Malformed(error)


def _term(text: str) -> int | None:
    """Months or pages beside the quantity; empty for everything that is bought."""
    if not text.strip():
        return None
    try:
        return read_term(text)
    except ValueError:
        sentence = "Bitte geben Sie die Laufzeit als ganze Zahl an."
        raise Malformed(FieldError("term", "number", sentence)) from None
