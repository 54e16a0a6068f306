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

from app.catalog.finding.list_prices import Lists, price_at_turn
from app.catalog.finding.ranges import DAY, ENTRY, Ranges, Usual, within_ranges, within_span
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article
from app.catalog.rules_charge import Charge

Found = Select[*tuple[Any, ...]]

MOST_FRAGMENTS: Final = 1_000
# FTS5 is asked through a column that is called like the table.
WORDS: Final = table("search_entry_words", column("rowid", Integer), column("search_entry_words"))
NUMBERS: Final = table(
    "search_entry_numbers", column("rowid", Integer), column("search_entry_numbers")
)
MATCH: Final = bindparam("match", type_=Text())
FRAGMENT: Final = bindparam("fragment", type_=Text())
# Written into the statement: PostgreSQL plans by the words, else it reads the whole index in order.
WRITTEN: Final = bindparam("match", type_=Text(), literal_execute=True)
FRAGMENT_WRITTEN: Final = bindparam("fragment", type_=Text(), literal_execute=True)
LAST: Final = bindparam("last", type_=Integer(), literal_execute=True)
MOST: Final = bindparam("most", type_=Integer(), literal_execute=True)
NAMED: Final = func.json_each(bindparam("articles", type_=Text())).table_valued("value")
SAYS: Final = ENTRY.c.words.bool_op("@@")(cast(WRITTEN, TSQUERY))
HOLDS: Final = ENTRY.c.numbers.like(FRAGMENT_WRITTEN)
HOLDS_ON_SQLITE: Final = NUMBERS.c.search_entry_numbers.op("MATCH")(FRAGMENT)
FIRST_HOLDING: Final = (
    select(NUMBERS.c.rowid).where(HOLDS_ON_SQLITE).order_by(NUMBERS.c.rowid).limit(MOST_FRAGMENTS)
)
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
    FETCHED = auto()  # all that the index names


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides how the statement is written; each is written once, for few occur.

    `fragment`: one of a number is all that is asked for. `among`: so many stand beside words.
    `span`: which of the lowest and the highest price were typed.
    `kept`: no day has come that ends a kept price. `labels`, `stock`: there are any.
    """

    sqlite: bool
    matched: bool
    fragment: bool
    among: int
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
    def by_words_alone(self) -> bool:
        """Whether the words (and the lots somebody sees) say how many there are."""
        return not (self.among or self.nothing or self.ranges or self.span)


@lru_cache(maxsize=500)
def candidates(shape: Shape) -> Found:
    """The entries that fit, with their price; `most` of them, from the lowest id on."""
    price = price_at_turn(shape.lists, _price(shape))
    found = _fitting(shape, select(*COLUMNS, price.label("price")), price)
    if shape.way is Way.READ:
        return _read_on(found)
    first: ColumnElement[Any] = ENTRY.c.article_id
    if shape.matched:
        found = _matching(shape.sqlite, found)
        first = WORDS.c.rowid if shape.sqlite else first
    if shape.fragment:
        found = _holding(shape.sqlite, found)
        first = NUMBERS.c.rowid if shape.sqlite else first + 0
    if shape.way is Way.FETCHED or (shape.among and not shape.sqlite):
        first = first + 0  # not along the ids
    return found.order_by(first).limit(MOST)


def _fitting(shape: Shape, found: Found, price: ColumnElement[Any]) -> Found:
    """`found` narrowed by all but the words."""
    if shape.among:
        found = found.where(*_among(shape))
    if shape.nothing:
        found = found.where(false())
    if shape.hidden:
        found = found.where(ENTRY.c.lot_id.in_(bindparam("lots", expanding=True)))
    return found.where(
        *within_ranges(shape.ranges, shape.usual, price), *within_span(shape.span, price)
    )


def _read_on(found: Found) -> Found:
    """In order up to `last`; the index is asked for those behind it only if these are too few."""
    says = SAYS.is_(true())  # in this form no index is asked
    here = found.where(says, ENTRY.c.article_id <= LAST)
    read = here.order_by(ENTRY.c.article_id).limit(MOST).cte("read")
    too_few = select(func.count()).select_from(read).scalar_subquery() < MOST
    behind = found.where(SAYS, ENTRY.c.article_id > LAST, too_few)
    rest = behind.order_by(ENTRY.c.article_id + 0).limit(MOST)
    both = union_all(select(read), rest).subquery()
    return select(both).order_by(both.c.article_id).limit(MOST)


@lru_cache(maxsize=2)
def with_mark(sqlite: bool) -> Found:
    return _matching(sqlite, select(ENTRY.c.article_id)).limit(1)


@lru_cache(maxsize=2)
def any_with_fragment(sqlite: bool) -> Found:
    if sqlite:
        return select(NUMBERS.c.rowid).where(HOLDS_ON_SQLITE).limit(1)
    return select(ENTRY.c.article_id).where(HOLDS).limit(1)


def _matching(sqlite: bool, found: Found) -> Found:
    """`found` narrowed to the articles whose index says what `match` does."""
    if sqlite:
        match = WORDS.c.search_entry_words.op("MATCH")(MATCH)
        return found.join(WORDS, WORDS.c.rowid == ENTRY.c.article_id).where(match)
    return found.where(SAYS)


def _holding(sqlite: bool, found: Found) -> Found:
    """`found` narrowed to the articles with a number that holds `fragment`."""
    if sqlite:
        return found.join(NUMBERS, NUMBERS.c.rowid == ENTRY.c.article_id).where(HOLDS_ON_SQLITE)
    return found.where(HOLDS)


def _among(shape: Shape) -> list[ColumnElement[bool]]:
    """SQLite is told the numbers in one value, the same statement for two and for a thousand."""
    if shape.sqlite:
        return [ENTRY.c.article_id.in_(select(NAMED.c.value))]
    return [ENTRY.c.article_id.in_(_first_holding(f"fragment_{at}")) for at in range(shape.among)]


def _first_holding(name: str) -> Found:
    """+ 0: by the index of the numbers, and not along the ids."""
    fragment = bindparam(name, type_=Text(), literal_execute=True)
    other = ENTRY.alias()
    found: Found = select(other.c.article_id).where(other.c.numbers.like(fragment))
    return found.order_by(other.c.article_id + 0).limit(MOST_FRAGMENTS)


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
