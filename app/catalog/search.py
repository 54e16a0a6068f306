"""Finding articles: the same hits on SQLite and PostgreSQL, with facets, order and pages."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Session

from app.catalog.kept import KeptAnswers, state_of
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article, Category
from app.catalog.search_index import SHORTEST
from app.catalog.search_words import search_words
from app.frameworks.records import Framework
from app.kernel.german import fold

CANDIDATES: Final = 10_000
FAR: Final = 9_999
FACET_ENTRIES: Final = 100
FACETS: Final = ("category", "manufacturer", "framework")
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


Facets = dict[str, tuple[FacetEntry, ...]]
COUNTED: Final[KeptAnswers[tuple[int, Facets]]] = KeptAnswers()


def find_articles(session: Session, search: Search, on: date) -> Hits:
    """At most 10,000 candidates are sorted; hits and facets are counted once per catalog state."""
    finder = _Finder(session, search)
    chosen = (search.categories, search.manufacturers, search.frameworks)
    question = (state_of(session), search.typed, chosen)
    total, facets = COUNTED.get(question, finder.counts)
    if not total:
        return Hits((), 0, facets)
    ordered = finder.within(select(Article.id)).order_by(*finder.order(on))
    ids = session.scalars(ordered.offset(search.offset).limit(search.limit))
    return Hits(tuple(ids), min(total, CANDIDATES), facets)


@dataclass(frozen=True, slots=True)
class _Group:
    """How many hits share category, maker and framework; `keys` and `texts` per facet."""

    keys: dict[str, str]
    texts: dict[str, str]
    count: int


class _Finder:
    def __init__(self, session: Session, search: Search) -> None:
        self._session = session
        self._search = search
        self._sqlite = session.get_bind().dialect.name == "sqlite"
        self._words = search_words(search.typed)
        self._chosen = {
            "category": frozenset(search.categories),
            "manufacturer": frozenset(search.manufacturers),
            "framework": frozenset(search.frameworks),
        }

    def within(self, wanted: Wanted) -> Wanted:
        """`wanted` over everything that was found, all facets applied."""
        chosen = self._chosen
        wanted = (
            wanted.select_from(Article)
            .join(Framework, Framework.id == Article.framework_id)
            .where(Article.active, *self._typed())
        )
        if chosen["category"]:
            wanted = wanted.join(Category, Category.id == Article.category_id).where(
                Category.slug.in_(chosen["category"])
            )
        if chosen["manufacturer"]:
            wanted = wanted.where(Article.manufacturer.in_(chosen["manufacturer"]))
        if chosen["framework"]:
            wanted = wanted.where(Framework.number.in_(chosen["framework"]))
        return wanted

    def counts(self) -> tuple[int, Facets]:
        """How many there are, and how many each entry of a facet would leave."""
        groups = self.groups()
        total = sum(group.count for group in groups if self.keeps(group))
        return total, {name: self.facet(name, groups) for name in FACETS}

    def groups(self) -> list[_Group]:
        """All that the words found, before any facet narrows it."""
        counted = (
            select(
                Article.category_id,
                Article.manufacturer,
                Article.framework_id,
                func.count().label("many"),
            )
            .where(Article.active, *self._typed())
            .group_by(Article.category_id, Article.manufacturer, Article.framework_id)
            .subquery()
        )
        rows = self._session.execute(
            select(
                Category.slug,
                Category.name,
                counted.c.manufacturer,
                Framework.number,
                Framework.title,
                counted.c.many,
            )
            .select_from(counted)
            .outerjoin(Category, Category.id == counted.c.category_id)
            .join(Framework, Framework.id == counted.c.framework_id)
        )
        return [
            _Group(
                {"category": slug or "", "manufacturer": maker, "framework": number},
                {"category": name or "", "manufacturer": maker, "framework": title},
                many,
            )
            for slug, name, maker, number, title, many in rows
        ]

    def keeps(self, group: _Group, without: str = "") -> bool:
        """Whether the chosen facets let the group pass; `without` leaves one of them open."""
        return all(
            not chosen or name == without or group.keys[name] in chosen
            for name, chosen in self._chosen.items()
        )

    def facet(self, name: str, groups: list[_Group]) -> tuple[FacetEntry, ...]:
        counts: Counter[tuple[str, str]] = Counter()
        for group in groups:
            if group.keys[name] and self.keeps(group, without=name):
                counts[group.keys[name], group.texts[name]] += group.count
        entries = [FacetEntry(key, text, count) for (key, text), count in counts.items()]
        largest = sorted(entries, key=lambda entry: -entry.count)[:FACET_ENTRIES]
        return tuple(sorted(largest, key=lambda entry: (fold(entry.text), entry.key)))

    def order(self, on: date) -> tuple[Any, ...]:
        name = func.lower(Article.name)
        by_name = (name if self._sqlite else name.collate("C"), Article.id)
        running = case((and_(Framework.valid_from <= on, Framework.valid_to >= on), 0), else_=1)
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
                place = (sum(places[1:], places[0]),) if places else ()
                return (running, *place, *by_name)

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
