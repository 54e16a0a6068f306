"""How a search is written for the index; each form once, for few occur."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from app.catalog.finding.fragments import held_by_row, indexed_parts
from app.catalog.finding.list_prices import Lists, price_at_turn
from app.catalog.finding.ranges import DAY, ENTRY, Ranges, Usual, within_ranges, within_span
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article
from app.catalog.rules_charge import Charge

Found = Select[*tuple[Any, ...]]

# FTS5 is asked through a column that is called like the table.
WORDS: Final = table("search_entry_words", column("rowid", Integer), column("search_entry_words"))
NUMBERS: Final = table(
    "search_entry_numbers", column("rowid", Integer), column("search_entry_numbers")
)
MATCH: Final = bindparam("match", type_=Text())
TRIGRAMS: Final = bindparam("trigrams", type_=Text())
# Written into the statement: PostgreSQL plans by the words, else it reads the whole index in order.
WRITTEN: Final = bindparam("match", type_=Text(), literal_execute=True)
MEANT_WRITTEN: Final = bindparam("meant", type_=Text(), literal_execute=True)
LAST: Final = bindparam("last", type_=Integer(), literal_execute=True)
MOST: Final = bindparam("most", type_=Integer(), literal_execute=True)
NAMED: Final = func.json_each(bindparam("articles", type_=Text())).table_valued("value")
SAYS: Final = ENTRY.c.words.bool_op("@@")(cast(WRITTEN, TSQUERY))
SAYS_GIVEN: Final = ENTRY.c.words.bool_op("@@")(cast(MATCH, TSQUERY))
# In this form no index is asked.
SAYS_IN_ROW: Final = ENTRY.c.words.bool_op("@@")(cast(MEANT_WRITTEN, TSQUERY)).is_(true())
MATCHES: Final = WORDS.c.search_entry_words.op("MATCH")(MATCH)
HAS_PARTS: Final = NUMBERS.c.search_entry_numbers.op("MATCH")(TRIGRAMS)
COLUMNS: Final[tuple[Column[Any], ...]] = (
    ENTRY.c.article_id,
    ENTRY.c.lot_id,
    ENTRY.c.profile_id,
    ENTRY.c.delivery_days,
    ENTRY.c.in_stock_until,
    ENTRY.c.head,
    ENTRY.c.name_key,
    ENTRY.c.family_id,
)


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

    @property
    def by_index_alone(self) -> bool:
        """Whether words and numbers (and the lots somebody sees) say how many there are."""
        return not (self.nothing or self.ranges or self.span)


@lru_cache(maxsize=500)
def candidates(shape: Shape) -> Found:
    """The entries that fit, with their price; `most` of them, from the lowest id on."""
    price = price_at_turn(shape.lists, _price(shape))
    found = _fitting(shape, select(*COLUMNS, price.label("price")), price)
    if shape.way is Way.READ:
        return _read_on(shape, found)
    found, first = (_indexed_by_sqlite if shape.sqlite else _indexed_by_postgresql)(shape, found)
    return found.order_by(first).limit(MOST)


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
        found = found.where(SAYS)
    if shape.matched and shape.way is not Way.PLANNED:
        found = found.where(SAYS_IN_ROW)
    if shape.fragments and shape.way is not Way.FETCHED:
        found = found.where(*indexed_parts(shape.fragments, written=True))
    found = found.where(*held_by_row(shape.fragments, sqlite=False))
    first: ColumnElement[Any] = ENTRY.c.article_id
    along = shape.way is Way.PLANNED and not shape.fragments
    return found, first if along else first + 0


def _fitting(shape: Shape, found: Found, price: ColumnElement[Any]) -> Found:
    """`found` narrowed by all but the words."""
    if shape.named:
        found = found.where(ENTRY.c.article_id.in_(select(NAMED.c.value)))
    if shape.nothing:
        found = found.where(false())
    if shape.hidden:
        found = found.where(ENTRY.c.lot_id.in_(bindparam("lots", expanding=True)))
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
    rest = behind.order_by(ENTRY.c.article_id + 0).limit(MOST)
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
