"""The articles that fit, lowest ids first and never more than asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.content.queries import has_labels
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
from app.catalog.finding.list_prices import Lists, lists_at_turn
from app.catalog.finding.ranges import ENTRY, NOT_MARKED, RANGES, Chosen, typed_prices
from app.catalog.finding.sample import sample
from app.catalog.finding.shape import FIRST_HOLDING, NAMED, Shape, Way, any_with_fragment, with_mark
from app.catalog.finding.shelves import Shelves
from app.catalog.finding.understand import Understood
from app.catalog.finding.whole_catalog import keeps_prices_of
from app.catalog.finding.words import mark
from app.catalog.stock.queries import is_reported
from app.catalog.supplier_offers.turns import Turns
from app.catalog.visible import Visible

SAID: Final = select(ENTRY.c.article_id, ENTRY.c.words).where(
    ENTRY.c.article_id.in_(select(NAMED.c.value))
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
        self._articles: dict[str, frozenset[int]] = {}
        self.sqlite = session.get_bind().dialect.name == "sqlite"

    def of(self, understood: Understood, chosen: Chosen, most: int) -> Question:
        """What was typed and every chosen facet."""
        looked = self._looked
        parts = [*([understood.wanted] if understood.wanted else []), *self._marks(chosen)]
        alone = len(understood.fragments) == 1 and not parts
        values: dict[str, Any] = {"day": looked.on, "most": most}
        if alone:
            values["fragment"] = self._holding(understood.fragments[0])
        elif self.sqlite and understood.fragments:
            articles = frozenset.intersection(*map(self._with_fragment, understood.fragments))
            if parts:
                articles, parts = self._saying(all_of(parts), articles), []
            values["articles"] = json.dumps([*articles])
        else:
            held = map(self._holding, understood.fragments)
            values |= {f"fragment_{at}": fragment for at, fragment in enumerate(held)}
        if parts:
            values["match"] = self._written(all_of(parts))
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
            fragment=alone,
            among=0 if alone else len(understood.fragments),
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
        if self.sqlite or not parts or not shape.by_words_alone:
            return Question(shape, values)
        return self._on_its_way(Question(shape, values), parts)

    def _on_its_way(self, question: Question, parts: list[Expression]) -> Question:
        """In a large catalog PostgreSQL is told how to come to the lowest ids."""
        drawn = sample(self._session)
        if drawn is None:
            return question
        if (visible := self._looked.visible) is not None:
            parts = [*parts, any_of([Word(mark(LOT, str(lot))) for lot in visible])]
        last = drawn.last_to_read(all_of(parts), question.values["most"])
        way = Way.FETCHED if last is None else Way.READ
        values = question.values if last is None else {**question.values, "last": last}
        return Question(replace(question.shape, way=way), values)

    def knows(self, exact: str) -> bool:
        """Whether some article has the mark."""
        statement = with_mark(self.sqlite)
        found = self._connection.execute(statement, {"match": self._written(Word(exact))})
        return found.first() is not None

    def holds(self, fragment: str) -> bool:
        """Whether some number holds the fragment (letters and digits)."""
        statement = any_with_fragment(self.sqlite)
        found = self._connection.execute(statement, {"fragment": self._holding(fragment)})
        return found.first() is not None

    def _with_fragment(self, fragment: str) -> frozenset[int]:
        """The first articles with such a number, on SQLite."""
        known = self._articles.get(fragment)
        if known is None:
            values = {"fragment": self._holding(fragment)}
            rows = self._connection.execute(FIRST_HOLDING, values).all()
            known = self._articles[fragment] = frozenset(row[0] for row in rows)
        return known

    def _holding(self, fragment: str) -> str:
        return f'"{fragment}"' if self.sqlite else f"%{fragment}%"

    def _saying(self, wanted: Expression, articles: frozenset[int]) -> frozenset[int]:
        """Which of the few named articles say it. FTS5 would read all that do, for each of them."""
        rows = self._connection.execute(SAID, {"articles": json.dumps([*articles])})
        return frozenset(key for key, words in rows.all() if says(f" {words} ", wanted))

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
