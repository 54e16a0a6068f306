"""The articles that fit, lowest ids first and never more than asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.catalog.finding.entry import LOT
from app.catalog.finding.expression import (
    Expression,
    Word,
    all_of,
    any_of,
    for_fts5,
    for_tsquery,
    says,
)
from app.catalog.finding.list_prices import Lists, lists_at_turn, price_at_turn
from app.catalog.finding.ranges import (
    DAY,
    ENTRY,
    NOT_MARKED,
    RANGES,
    Chosen,
    Ranges,
    Usual,
    typed_prices,
    within_ranges,
    within_span,
)
from app.catalog.finding.shelves import Shelves
from app.catalog.finding.understand import Understood
from app.catalog.finding.whole_catalog import has_labels, keeps_prices_of
from app.catalog.finding.words import mark
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article
from app.catalog.rules_charge import Charge
from app.catalog.stock.queries import is_reported
from app.catalog.supplier_offers.turns import Turns
from app.catalog.visible import Visible

Found = Select[*tuple[Any, ...]]

MOST_FRAGMENTS: Final = 1_000
# FTS5 is asked through a column that is called like the table.
WORDS: Final = table("search_entry_words", column("rowid", Integer), column("search_entry_words"))
NUMBERS: Final = table(
    "search_entry_numbers", column("rowid", Integer), column("search_entry_numbers")
)
MATCH: Final = bindparam("match", type_=Text())
# Written into the statement: PostgreSQL plans by the words, else it reads the whole index in order.
WRITTEN: Final = bindparam("match", type_=Text(), literal_execute=True)
MOST: Final = bindparam("most", type_=Integer(), literal_execute=True)
NAMED: Final = func.json_each(bindparam("articles", type_=Text())).table_valued("value")
SAID: Final = select(ENTRY.c.article_id, ENTRY.c.words).where(
    ENTRY.c.article_id.in_(select(NAMED.c.value))
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


@dataclass(frozen=True, slots=True)
class Looked:
    """On which day and by whom; `turns`: who is next in lots of several suppliers."""

    on: date
    visible: Visible
    shelves: Shelves
    turns: Turns

    @property
    def lists(self) -> Lists:
        return lists_at_turn(self.turns)


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides how the statement is written; each is written once, for few occur.

    `span`: which of the lowest and the highest price were typed.
    `kept`: no day has come that ends a kept price. `labels`, `stock`: there are any.
    """

    sqlite: bool
    matched: bool
    among: bool
    nothing: bool
    hidden: bool
    ranges: Ranges
    span: tuple[str, ...]
    usual: Usual
    kept: bool
    labels: bool
    stock: bool
    lists: Lists


@dataclass(frozen=True, slots=True)
class Question:
    """A shape with the values of one search."""

    shape: Shape
    values: Mapping[str, Any]


class Candidates:
    """What is asked of the index in one search."""

    def __init__(self, session: Session, looked: Looked) -> None:
        self._session = session
        self._connection = session.connection()
        self._looked = looked
        self.sqlite = session.get_bind().dialect.name == "sqlite"

    def of(self, understood: Understood, chosen: Chosen, most: int) -> Question:
        """What was typed and every chosen facet."""
        looked, articles = self._looked, understood.articles
        parts = [*([understood.wanted] if understood.wanted else []), *self._marks(chosen)]
        if self.sqlite and articles is not None and parts:
            articles, parts = self._saying(all_of(parts), articles), []
        values: dict[str, Any] = {"day": looked.on, "most": most}
        if parts:
            values["match"] = self._written(all_of(parts))
        if articles is not None:
            values["articles"] = json.dumps([*articles]) if self.sqlite else [*articles]
        if looked.visible is not None:
            values["lots"] = [*looked.visible]
        prices = typed_prices(chosen)
        values |= prices
        stock = is_reported(self._session)
        # Else a million entries are read to find that none fits.
        in_vain = looked.visible == frozenset() or (bool(chosen.get("stock")) and not stock)
        shape = Shape(
            self.sqlite,
            matched=bool(parts),
            among=articles is not None,
            nothing=understood.nothing or in_vain,
            hidden=looked.visible is not None,
            ranges=tuple((name, keys) for name in RANGES if (keys := chosen.get(name, ()))),
            span=tuple(prices),
            usual=tuple((lot, one.delivery_days) for lot, one in looked.shelves.by_lot.items()),
            kept=keeps_prices_of(self._session, looked.on),
            labels=has_labels(self._session, looked.on),
            stock=stock,
            lists=looked.lists,
        )
        return Question(shape, values)

    def knows(self, exact: str) -> bool:
        """Whether some article has the mark."""
        statement = _with_mark(self.sqlite)
        found = self._connection.execute(statement, {"match": self._written(Word(exact))})
        return found.first() is not None

    def with_fragment(self, fragment: str) -> tuple[int, ...]:
        """The first articles with a number that holds the fragment (letters and digits)."""
        match = f'"{fragment}"' if self.sqlite else f"%{fragment}%"
        rows = self._connection.execute(_with_fragment(self.sqlite), {"match": match})
        return tuple(rows.scalars())

    def _saying(self, wanted: Expression, articles: frozenset[int]) -> frozenset[int]:
        """Which of the few named articles say it. FTS5 would read all that do, for each of them."""
        rows = self._connection.execute(SAID, {"articles": json.dumps([*articles])})
        return frozenset(key for key, words in rows if says(frozenset(words.split()), wanted))

    def _written(self, wanted: Expression) -> str:
        return for_fts5(wanted) if self.sqlite else for_tsquery(wanted)

    def _marks(self, chosen: Chosen) -> list[Expression]:
        """The chosen values that stand in the word index."""
        shelves = self._looked.shelves
        parts: list[Expression] = []
        for name, values in chosen.items():
            if name in NOT_MARKED or not values:
                continue
            keys = [mark(name, value) for value in values]
            if name == "framework":
                keys = [mark(LOT, str(lot)) for lot in shelves.lots_of(values)]
            elif name == LOT:
                keys = [mark(LOT, str(lot)) for lot in shelves.lots_called(values)]
            parts.append(any_of([Word(key) for key in keys or [mark(LOT, "")]]))
        return parts


@lru_cache(maxsize=500)
def candidates(shape: Shape) -> Found:
    """The entries that fit, with their price; `most` of them, from the lowest id on."""
    price = price_at_turn(shape.lists, _price(shape))
    found: Found = select(*COLUMNS, price.label("price"))
    first: ColumnElement[Any] = ENTRY.c.article_id
    if shape.matched:
        found = _matching(shape.sqlite, found)
        first = WORDS.c.rowid if shape.sqlite else first
    if shape.among:
        found = found.where(_among(shape.sqlite))
    if shape.nothing:
        found = found.where(false())
    if shape.hidden:
        found = found.where(ENTRY.c.lot_id.in_(bindparam("lots", expanding=True)))
    found = found.where(
        *within_ranges(shape.ranges, shape.usual, price), *within_span(shape.span, price)
    )
    return found.order_by(first).limit(MOST)


@lru_cache(maxsize=2)
def _with_mark(sqlite: bool) -> Found:
    return _matching(sqlite, select(ENTRY.c.article_id)).limit(1)


@lru_cache(maxsize=2)
def _with_fragment(sqlite: bool) -> Found:
    if sqlite:
        hits = NUMBERS.c.search_entry_numbers.op("MATCH")(MATCH)
        found: Found = select(NUMBERS.c.rowid).where(hits).order_by(NUMBERS.c.rowid)
    else:  # + 0: by the index of the numbers, and not along the ids
        holds = ENTRY.c.numbers.like(WRITTEN)
        found = select(ENTRY.c.article_id).where(holds).order_by(ENTRY.c.article_id + 0)
    return found.limit(MOST_FRAGMENTS)


def _matching(sqlite: bool, found: Found) -> Found:
    """`found` narrowed to the articles whose index says what `match` does."""
    if sqlite:
        match = WORDS.c.search_entry_words.op("MATCH")(MATCH)
        return found.join(WORDS, WORDS.c.rowid == ENTRY.c.article_id).where(match)
    return found.where(ENTRY.c.words.bool_op("@@")(cast(WRITTEN, TSQUERY)))


def _among(sqlite: bool) -> ColumnElement[bool]:
    """One value for all numbers, so that the statement is the same for two and for a thousand."""
    if sqlite:
        return ENTRY.c.article_id.in_(select(NAMED.c.value))
    return ENTRY.c.article_id == any_(bindparam("articles", type_=ARRAY(Integer)))


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
