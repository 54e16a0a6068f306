"""How a search is written for the index; each form once, for few occur."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    union_all,
)

from app.catalog.finding.conditions import (
    COLUMNS,
    GIVEN_IN_ROW,
    HAS_PARTS,
    LAST,
    LOT,
    LOTS,
    MATCHES,
    MOST,
    MOST_GIVEN,
    NAMED,
    NOUGHT,
    NUMBERS,
    SAYS,
    SAYS_GIVEN,
    SAYS_IN_ROW,
    WORDS,
)
from app.catalog.finding.fragments import held_by_row, indexed_parts
from app.catalog.finding.list_prices import Lists, price_at_turn
from app.catalog.finding.ranges import DAY, ENTRY, Ranges, Usual, within_ranges, within_span
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article
from app.catalog.rules_charge import Charge
from app.database.among import among

Found = Select[*tuple[Any, ...]]


class Way(Enum):
    """How PostgreSQL comes to the lowest ids; it has no index that gives them in order.

    Left to itself it multiplies how rare the words are, and finds ten thousand times too few.
    """

    PLANNED = auto()
    READ = auto()  # the entries in order up to a `last` one, those behind it only if need be
    FETCHED = auto()  # all that the index of words names
    HELD = auto()  # all that the index of numbers names


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides how the statement is written; each is written once, for few occur.

    `fragments`: of how many parts of each the index is asked. `named`: SQLite is told the articles.
    `span`: which of the lowest and the highest price were typed.
    `kept`: no day has come that ends a kept price. `labels`, `stock`: there are any.
    `row_says`: PostgreSQL's index is asked for some of the words only, the row for all.
    """

    sqlite: bool
    matched: bool
    fragments: tuple[int, ...]
    named: bool
    nothing: bool
    hidden: bool
    ranges: Ranges
    span: tuple[str, ...]
    usual: Usual
    kept: bool
    labels: bool
    stock: bool
    lists: Lists
    way: Way = Way.PLANNED
    row_says: bool = False

    @property
    def by_index_alone(self) -> bool:
        """Whether words and numbers (and the lots somebody sees) say how many there are."""
        return not (self.nothing or self.ranges or self.span)

    @property
    def given(self) -> bool:
        """Whether no value is written into the statement, because the way needs no planning."""
        if self.sqlite:
            return self.matched or self.named or bool(self.fragments)
        return self.way in {Way.FETCHED, Way.HELD}


@lru_cache(maxsize=500)
def candidates(shape: Shape) -> Found:
    """The entries that fit, with their price; `most` of them, from the lowest id on."""
    price = price_at_turn(shape.lists, _price(shape))
    found = _fitting(shape, select(*COLUMNS, price.label("price")), price)
    if shape.way is Way.READ:
        return _read_on(shape, found)
    found, first = (_indexed_by_sqlite if shape.sqlite else _indexed_by_postgresql)(shape, found)
    return found.order_by(first).limit(MOST_GIVEN if shape.given else MOST)


def _indexed_by_sqlite(shape: Shape, found: Found) -> tuple[Found, ColumnElement[Any]]:
    """FTS5 names the lowest ids first, of words or of parts of numbers."""
    rows = held_by_row(shape.fragments, sqlite=True)
    if shape.matched:
        return _matching(found).where(*rows), WORDS.c.rowid
    if shape.fragments:
        return _with_parts(found).where(*rows), NUMBERS.c.rowid
    return found, ENTRY.c.article_id


def _indexed_by_postgresql(shape: Shape, found: Found) -> tuple[Found, ColumnElement[Any]]:
    if shape.matched and shape.way is not Way.HELD:
        found = found.where(SAYS_GIVEN if shape.given else SAYS)
    if shape.row_says:
        found = found.where(GIVEN_IN_ROW if shape.given else SAYS_IN_ROW)
    if shape.fragments and shape.way is not Way.FETCHED:
        found = found.where(*indexed_parts(shape.fragments, written=not shape.given))
    found = found.where(*held_by_row(shape.fragments, sqlite=False))
    first: ColumnElement[Any] = ENTRY.c.article_id
    along = shape.way is Way.PLANNED and not shape.fragments
    return found, first if along else first + NOUGHT


def _fitting(shape: Shape, found: Found, price: ColumnElement[Any]) -> Found:
    """`found` narrowed by all but the words."""
    if shape.named:
        found = found.where(ENTRY.c.article_id.in_(select(NAMED.c.value)))
    if shape.nothing:
        found = found.where(false())
    if shape.hidden:
        found = found.where(among(LOT, "lots") if shape.given else ENTRY.c.lot_id.in_(LOTS))
    return found.where(
        *within_ranges(shape.ranges, shape.usual, price), *within_span(shape.span, price)
    )


def _read_on(shape: Shape, found: Found) -> Found:
    """In order up to `last`; the index is asked for those behind it only if these are too few."""
    found = found.where(*held_by_row(shape.fragments, sqlite=False))
    found = found.where(SAYS_IN_ROW) if shape.matched else found
    here = found.where(ENTRY.c.article_id <= LAST)
    read = here.order_by(ENTRY.c.article_id).limit(MOST).cte("read")
    too_few = select(func.count()).select_from(read).scalar_subquery() < MOST
    index = [SAYS] if shape.matched else indexed_parts(shape.fragments, written=True)
    behind = found.where(*index, ENTRY.c.article_id > LAST, too_few)
    rest = behind.order_by(ENTRY.c.article_id + NOUGHT).limit(MOST)
    both = union_all(select(read), rest).subquery()
    return select(both).order_by(both.c.article_id).limit(MOST)


@lru_cache(maxsize=2)
def with_mark(sqlite: bool) -> Found:
    """One article whose index says `match`."""
    named = select(ENTRY.c.article_id)
    return _first(sqlite, _matching(named) if sqlite else named.where(SAYS_GIVEN))


@lru_cache(maxsize=20)
def with_fragment(sqlite: bool, parts: int) -> Found:
    """One article with a number that holds the fragment, of which so many `parts` are asked for."""
    named = select(ENTRY.c.article_id).where(*held_by_row((parts,), sqlite=sqlite))
    if sqlite:
        return _first(sqlite, _with_parts(named))
    return _first(sqlite, named.where(*indexed_parts((parts,), written=False)))


def _first(sqlite: bool, named: Found) -> Found:
    """For a LIMIT PostgreSQL reads the entries until one fits: never, where none does."""
    if sqlite:
        return named.limit(1)
    all_of_them = named.cte("named").prefix_with("MATERIALIZED")
    return select(all_of_them).limit(1)


@lru_cache(maxsize=20)
def first_named(fragments: tuple[int, ...], most: int) -> Found:
    """The first articles that SQLite's index of words, or of numbers, names; and what they say."""
    found = select(ENTRY.c.article_id, ENTRY.c.words)
    if not fragments:
        return _matching(found).order_by(WORDS.c.rowid).limit(most)
    held = _with_parts(found).where(*held_by_row(fragments, sqlite=True))
    return held.order_by(NUMBERS.c.rowid).limit(most)


@lru_cache(maxsize=20)
def named_by_both(fragments: tuple[int, ...]) -> Found:
    """The articles that SQLite's indexes of words and of numbers name both."""
    named = select(NUMBERS.c.rowid).where(HAS_PARTS).intersect(select(WORDS.c.rowid).where(MATCHES))
    found = select(ENTRY.c.article_id).where(ENTRY.c.article_id.in_(named))
    return found.where(*held_by_row(fragments, sqlite=True))


def _matching(found: Found) -> Found:
    """`found` narrowed to those of SQLite's articles whose index says what `match` does."""
    return found.join(WORDS, WORDS.c.rowid == ENTRY.c.article_id).where(MATCHES)


def _with_parts(found: Found) -> Found:
    """`found` narrowed to those of SQLite's articles that have all parts asked for."""
    return found.join(NUMBERS, NUMBERS.c.rowid == ENTRY.c.article_id).where(HAS_PARTS)


def _price(shape: Shape) -> ColumnElement[Any]:
    """The kept price; where a day has come that ends it, the resolver's answer."""
    if shape.kept:
        return ENTRY.c.price
    looked_up = (
        select(price_to_sort_by(DAY))
        .where(Article.id == ENTRY.c.article_id, Article.charge == Charge.PURCHASE)
        .correlate(ENTRY)
        .scalar_subquery()
    )
    later = or_(ENTRY.c.price_until.is_(None), ENTRY.c.price_until > DAY)
    return case((and_(ENTRY.c.price_from <= DAY, later), ENTRY.c.price), else_=looked_up)
