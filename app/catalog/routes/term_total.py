"""What an article costs over a term, while somebody still thinks about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.catalog.supplied import supplied_articles
from app.catalog.visible import lots_seen_by, sees
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.pages import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_READ))]
Whole = Annotated[str, Query(max_length=9)]


@router.get("/artikelsumme")
def show_total(
    request: Request,
    db: Db,
    now: Now,
    reader: Reader,
    sku: Annotated[str, Query(max_length=64)],
    quantity: Whole = "1",
    term: Whole = "",
) -> Response:
    """A fragment; numbers that cannot be read simply give no total."""
    pieces = int(quantity) if quantity.isdecimal() and quantity.isascii() else 0
    terms = {sku: int(term)} if term.isdecimal() and term.isascii() else {}
    today = legal_day(now)
    article = supplied_articles(db, {sku: max(pieces, 1)}, today, terms).get(sku)
    if article is None or not sees(lots_seen_by(db, reader, today), article.lot_id):
        raise NotFound("Diesen Artikel gibt es nicht im Katalog.", "article_unknown")
    costs = article.unit_price if pieces else None
    context = {"found": article, "pieces": pieces, "total": costs.times(pieces) if costs else None}
    return render(request, "catalog/_term_total.html", context)
