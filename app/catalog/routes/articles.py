"""Pages of the catalog: list, article, comparison."""

from collections.abc import Hashable
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
from app.catalog.finding.search import Hits
from app.catalog.finding.suggest import suggest
from app.catalog.forms import PAGE_SIZE, SORTS, TYPED_LENGTH, Filter, read_filter
from app.catalog.list_page import Found, State, find_page, rows_of, state_of
from app.catalog.queries import article_rows
from app.catalog.relations.variants import variant_counts
from app.catalog.rules_drawings import picture_of
from app.catalog.supplier_offers.turns import Turns, turns_on
from app.catalog.visible import Visible, lots_seen_by
from app.database.marks import LISTS, STOCK, Kept
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs, reader
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, snapshot, the_time
from app.web.kept_parts import Part, part, show
from app.web.one_job import OneJob
from app.web.pages import is_fragment, render
from app.web.unchanged import given_before, page_tag, remember, tag_headers, unchanged

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_READ))]
COMPARED: Final = 4
BODIES: Final[Kept[Part]] = Kept(most=300, marks=(LISTS, STOCK))


@dataclass(frozen=True, slots=True)
class _Looked:
    """What somebody asks for on which day, at whose lots, who is next there, how it is shown."""

    asked: tuple[tuple[str, str], ...]
    on: date
    visible: Visible
    turns: Turns
    may_order: bool
    fragment: bool

    @property
    def question(self) -> Hashable:
        """All that the hits depend on besides the state of the catalog."""
        return (self.asked, self.on, self.visible, tuple(self.turns.items()))

    def body(self, state: State) -> Hashable:
        return (self.question, self.may_order, self.fragment, state)


def show_catalog(request: Request, db: Session) -> Response:
    """Filters and hits are the same for everybody: rendered once per state of the catalog and day.

    On 2,249 articles that is three quarters of the page's work.
    """
    asking, today = reader(request, db, the_time(request), Scope.CATALOG_READ), _today(request)
    asked = tuple(request.query_params.multi_items())
    visible, turns = lots_seen_by(db, asking, today), turns_on(db, today)
    looked = _Looked(asked, today, visible, turns, _may_order(asking), is_fragment(request))
    state = state_of(db, looked.question)
    at_hand = None if state is None else _at_hand(request, db, looked, state)
    return at_hand or _made(request, db, looked)


def _at_hand(request: Request, db: Session, looked: _Looked, state: State) -> Response | None:
    tag = _tagged(request, db, looked, state)
    if (same := unchanged(request, tag)) is not None:
        return same
    body = BODIES.known(db, looked.body(state))
    return None if body is None else _shown(request, looked, body, tag)


def _made(request: Request, db: Session, looked: _Looked) -> Response:
    with snapshot(request) as still:
        state, body = _read(request, still, looked)
    return _shown(request, looked, body, _tagged(request, db, looked, state))


def _shown(request: Request, looked: _Looked, body: Part, tag: str) -> Response:
    typed = read_filter(looked.asked).search.typed
    return show(request, "catalog/catalog.html", body, tag_headers(tag), q=typed)


def _tagged(request: Request, db: Session, looked: _Looked, state: State) -> str:
    lots = None if looked.visible is None else sorted(looked.visible)
    who_is_next = tuple(looked.turns.items())
    shown = (looked.on, looked.fragment, looked.may_order, lots, who_is_next)
    tag = page_tag(request, tuple(state), *shown)
    if not looked.turns:  # whose turn it is changes with orders, which no mark tells
        token = request.cookies.get(SESSION_COOKIE, "")
        given = (tag, rows_of(db, looked.question, state))
        remember(request, db, token, given, the_time(request))
    return tag


def _seen_before(request: Request) -> Response | None:
    return given_before(request, request.cookies.get(SESSION_COOKIE, ""), the_time(request))


router.routes.append(OneJob("/katalog", show_catalog, _seen_before))


def _read(request: Request, db: Session, looked: _Looked) -> tuple[State, Part]:
    wanted = read_filter(looked.asked)

    def find() -> tuple[Hits, dict[int, int]]:
        hits = find_articles(db, wanted.search, looked.on, looked.visible, looked.turns)
        return hits, variant_counts(db, hits.ids)

    found, state = find_page(db, looked.question, find)
    return state, BODIES.get(
        db, looked.body(state), lambda: _body(request, db, looked, wanted, found)
    )


def _body(request: Request, db: Session, looked: _Looked, wanted: Filter, found: Found) -> Part:
    hits = found.hits
    context = {
        "wanted": wanted,
        "q": wanted.search.typed,
        "hits": hits,
        "rows": article_rows(db, hits.ids, looked.on, looked.visible, looked.turns),
        "variants": found.variants,
        "corrected": wanted.corrected(hits.meant),
        "known_part": None if hits.total else wanted.known_part(hits.unknown),
        "facets": wanted.facets(hits.facets),
        "chips": wanted.chips(hits.facets),
        "sorts": SORTS,
        "size": PAGE_SIZE,
        "may_order": looked.may_order,
        "picture_of": picture_of,
        "filters_open": looked.fragment,
    }
    return part(request, "catalog/_catalog.html", context)


def _today(request: Request) -> date:
    return legal_day(the_time(request))


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
