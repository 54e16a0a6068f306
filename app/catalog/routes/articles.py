"""Pages of the catalog: list, article, comparison."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.current import SESSION_COOKIE
from app.catalog.article_content import article_content
from app.catalog.article_page import compared, criteria, lowest_price
from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.suggest import suggest
from app.catalog.forms import PAGE_SIZE, SORTS, TYPED_LENGTH, Filter, read_filter
from app.catalog.queries import article_rows
from app.catalog.relations.variants import variant_counts
from app.catalog.rules_drawings import picture_of
from app.catalog.supplier_offers.turns import Turns, turns_on
from app.catalog.visible import Visible, lots_seen_by
from app.database.marks import CATALOG, STOCK, Kept, marks_of
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs, reader
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, the_time
from app.web.kept_parts import Part, part, show
from app.web.one_job import OneJob
from app.web.pages import is_fragment, render
from app.web.unchanged import given_before, page_tag, remember, tag_headers, unchanged

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_READ))]
COMPARED: Final = 4
SHOWN: Final = (CATALOG, STOCK)
BODIES: Final[Kept[Part]] = Kept(most=300, marks=SHOWN)


def show_catalog(request: Request, db: Session) -> Response:
    """Filters and hits are the same for everybody: rendered once per state of the catalog and day.

    On 2,249 articles that is three quarters of the page's work.
    """
    now, token = the_time(request), request.cookies.get(SESSION_COOKIE, "")
    asking, today = reader(request, db, now, Scope.CATALOG_READ), legal_day(now)
    asked = tuple(request.query_params.multi_items())
    wanted = read_filter(asked)
    fragment, may_order, visible = (
        is_fragment(request),
        _may_order(asking),
        lots_seen_by(db, asking, today),
    )
    lots, turns = None if visible is None else sorted(visible), turns_on(db, today)
    who_is_next = tuple(turns.items())
    tag = page_tag(request, marks_of(db, SHOWN), today, fragment, may_order, lots, who_is_next)
    if not turns:  # whose turn it is changes with orders, which no mark tells
        remember(request, db, token, tag, now)
    if (same := unchanged(request, tag)) is not None:
        return same
    question = (today, asked, fragment, may_order, visible, who_is_next)
    looked = _Looked(today, visible, turns)
    body = BODIES.get(db, question, lambda: _body(request, db, wanted, looked, may_order=may_order))
    return show(request, "catalog/catalog.html", body, tag_headers(tag), q=wanted.search.typed)


def _seen_before(request: Request) -> Response | None:
    return given_before(request, request.cookies.get(SESSION_COOKIE, ""), the_time(request))


router.routes.append(OneJob("/katalog", show_catalog, _seen_before))


@dataclass(frozen=True, slots=True)
class _Looked:
    """On which day, at whose lots, and who is next there."""

    on: date
    visible: Visible
    turns: Turns


def _body(
    request: Request, db: Session, wanted: Filter, looked: _Looked, *, may_order: bool
) -> Part:
    hits = find_articles(db, wanted.search, looked.on, looked.visible, looked.turns)
    context = {
        "wanted": wanted,
        "q": wanted.search.typed,
        "hits": hits,
        "rows": article_rows(db, hits.ids, looked.on, looked.visible, looked.turns),
        "variants": variant_counts(db, hits.ids),
        "corrected": wanted.corrected(hits.meant),
        "facets": wanted.facets(hits.facets),
        "chips": wanted.chips(hits.facets),
        "sorts": SORTS,
        "size": PAGE_SIZE,
        "may_order": may_order,
        "picture_of": picture_of,
        "filters_open": is_fragment(request),
    }
    return part(request, "catalog/_catalog.html", context)


@router.get("/katalog/vorschlaege")
def show_suggestions(request: Request, db: Db, now: Now, asking: Reader, q: str = "") -> Response:
    """A fragment: under the field of the search while somebody types."""
    today = legal_day(now)
    found = suggest(db, q[:TYPED_LENGTH], today, lots_seen_by(db, asking, today))
    return render(request, "catalog/_suggestions.html", {"found": found})


@router.get("/artikel/{sku:path}")
def show_article(request: Request, db: Db, now: Now, asking: Reader, sku: str) -> Response:
    today = legal_day(now)
    visible = lots_seen_by(db, asking, today)
    context = article_content(db, sku, today, visible) | {"may_order": _may_order(asking)}
    return render(request, "catalog/article.html", context)


@router.get("/vergleich")
def compare(request: Request, db: Db, now: Now, asking: Reader) -> Response:
    skus = list(dict.fromkeys(request.query_params.getlist("v")))[:COMPARED]
    today = legal_day(now)
    rows = compared(db, skus, today, lots_seen_by(db, asking, today))
    context = {
        "rows": rows,
        "skus": [row.sku for row in rows],
        "same_page": "/vergleich?" + urlencode([("v", row.sku) for row in rows]),
        "criteria": sorted(criteria(rows), key=lambda one: not one.differs),
        "all_criteria": request.query_params.get("alle") == "1",
        "kept": request.query_params.get("gemerkt") == "1",
        "lowest": lowest_price(rows),
        "may_order": _may_order(asking),
    }
    return render(request, "catalog/comparison.html", context)


def _may_order(asking: Asking) -> bool:
    return asking.member is not None and asking.may(Scope.CALL_OFFS_WRITE)
