"""Finding articles: the same hits on SQLite and PostgreSQL, with facets, order and pages."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article, Category
from app.catalog.search_index import SHORTEST
from app.catalog.search_words import search_words
from app.frameworks.records import Framework
from app.kernel.german import fold

CANDIDATES: Final = 10_000
FAR: Final = 9_999
FACET_ENTRIES: Final = 100
Wanted = Select[*tuple[Any, ...]]
INDEX: Final = table("article_search", column("rowid", Integer), column("article_search"))


class Sort(StrEnum):
    RELEVANCE = "relevance"
    PRICE = "price"
    PRICE_DOWN = "-price"
    NAME = "name"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; several values of one facet widen, several facets narrow."""

    typed: str = ""
    categories: tuple[str, ...] = ()
    manufacturers: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """`key` goes into the address, `text` is shown."""

    key: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Hits:
    """`ids` of the page in order; facets count what choosing an entry more would leave."""

    ids: tuple[int, ...]
    total: int
    facets: dict[str, tuple[FacetEntry, ...]] = field(default_factory=dict)


def find_articles(session: Session, search: Search, on: date) -> Hits:
    """At most 10,000 candidates are counted and sorted."""
    finder = _Finder(session, search)
    total = session.scalar(finder.within(select(func.count()))) or 0
    ordered = finder.within(select(Article.id)).order_by(*finder.order(on))
    ids = session.scalars(ordered.offset(search.offset).limit(search.limit))
    return Hits(tuple(ids), min(total, CANDIDATES), finder.facets())


class _Finder:
    def __init__(self, session: Session, search: Search) -> None:
        self._session = session
        self._search = search
        self._sqlite = session.get_bind().dialect.name == "sqlite"
        self._words = search_words(search.typed)
        self._narrowing: dict[str, ColumnElement[bool]] = {}
        if search.categories:
            self._narrowing["category"] = Category.slug.in_(search.categories)
        if search.manufacturers:
            self._narrowing["manufacturer"] = Article.manufacturer.in_(search.manufacturers)
        if search.frameworks:
            self._narrowing["framework"] = Framework.number.in_(search.frameworks)

    def within(self, wanted: Wanted, without: str = "") -> Wanted:
        """`wanted` over what was found; `without` leaves the named facet open."""
        narrowing = [rule for name, rule in self._narrowing.items() if name != without]
        return (
            wanted.select_from(Article)
            .outerjoin(Category, Category.id == Article.category_id)
            .join(Framework, Framework.id == Article.framework_id)
            .where(Article.active, *self._typed(), *narrowing)
        )

    def facets(self) -> dict[str, tuple[FacetEntry, ...]]:
        return {
            "category": self._facet("category", Category.slug, Category.name),
            "manufacturer": self._facet("manufacturer", Article.manufacturer, Article.manufacturer),
            "framework": self._facet("framework", Framework.number, Framework.title),
        }

    def order(self, on: date) -> tuple[Any, ...]:
        name = func.lower(Article.name)
        by_name = (name if self._sqlite else name.collate("C"), Article.id)
        match self._search.sort:
            case Sort.PRICE:
                price = price_to_sort_by(on)
                return (price.is_(None), price.asc(), *by_name)
            case Sort.PRICE_DOWN:
                price = price_to_sort_by(on)
                return (price.is_(None), price.desc(), *by_name)
            case Sort.DELIVERY:
                days = func.coalesce(Article.delivery_days, Framework.delivery_days)
                return (days, *by_name)
            case Sort.NAME:
                return by_name
            case Sort.RELEVANCE:
                places = [self._place(spellings) for spellings in self._words]
                return (sum(places[1:], places[0]), *by_name) if places else by_name

    def _facet(
        self, name: str, key: InstrumentedAttribute[str], text: InstrumentedAttribute[str]
    ) -> tuple[FacetEntry, ...]:
        many = func.count()
        rows = self._session.execute(
            self.within(select(key, text, many), without=name)
            .where(key.is_not(None), key != "")
            .group_by(key, text)
            .order_by(many.desc(), key)
            .limit(FACET_ENTRIES)
        )
        entries = [FacetEntry(found, shown, count) for found, shown, count in rows]
        return tuple(sorted(entries, key=lambda entry: fold(entry.text)))

    def _typed(self) -> list[ColumnElement[bool]]:
        if not self._words:
            return [false()] if self._search.typed.strip() else []
        indexed = [group for group in self._words if min(map(len, group)) >= SHORTEST]
        if not self._sqlite:
            return [_contains(group) for group in self._words]
        rules = [_contains(group) for group in self._words if group not in indexed]
        if indexed:
            match = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in indexed)
            hits = (
                select(INDEX.c.rowid)
                .where(INDEX.c.article_search.op("MATCH")(literal(match)))
                .limit(CANDIDATES)
            )
            rules.append(Article.id.in_(hits))
        return rules

    def _place(self, spellings: tuple[str, ...]) -> ColumnElement[int]:
        """Where in the text the word stands: number, category and name come first."""
        find = func.instr if self._sqlite else func.strpos
        found = [func.nullif(find(Article.search_text, word), 0) for word in spellings]
        return func.coalesce(*found, FAR)


def _contains(group: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(Article.search_text.contains(word, autoescape=True) for word in group))


def _phrase(word: str) -> str:
    """Quoted for FTS5: no sign inside has a meaning."""
    return '"' + word.replace('"', '""') + '"'
