"""The articles that fit, lowest ids first and never more than asked for."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

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
    parts_together,
    teller,
)
from app.catalog.finding.fragments import COMMON, values_of
from app.catalog.finding.list_prices import Lists, lists_at_turn
from app.catalog.finding.ranges import NOT_MARKED, RANGES, Chosen, typed_prices
from app.catalog.finding.sample import DRAWN, NOBODY, SPARE, Sample, sample
from app.catalog.finding.shape import (
    Shape,
    Way,
    first_named,
    named_by_both,
    with_fragment,
    with_mark,
)
from app.catalog.finding.shelves import Shelves
from app.catalog.finding.understand import Understood
from app.catalog.finding.whole_catalog import keeps_prices_of
from app.catalog.finding.words import mark
from app.catalog.stock.queries import is_reported
from app.catalog.supplier_offers.turns import Turns
from app.catalog.visible import Visible
from app.database.straight import fetch_all, fetch_one

MOST_NAMED: Final = 20_000


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
        self._looked = looked
        self.sqlite = session.get_bind().dialect.name == "sqlite"

    def of(self, understood: Understood, chosen: Chosen, most: int) -> Question:
        """What was typed and every chosen facet."""
        looked = self._looked
        parts = [*([understood.wanted] if understood.wanted else []), *self._marks(chosen)]
        values: dict[str, Any] = {"day": looked.on, "most": most}
        fragments = self._asked_for(understood.fragments)
        named = self._named(fragments, parts) if self.sqlite and parts else None
        if named is not None:
            values["articles"], fragments, parts = json.dumps(named), {}, []
        values |= values_of(fragments, sqlite=self.sqlite) if fragments else {}
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
            fragments=tuple(map(len, fragments.values())),
            named=named is not None,
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
        if self.sqlite or not (parts or fragments) or not shape.by_index_alone:
            return Question(shape, values)
        return self._on_its_way(Question(shape, values), parts, fragments)

    def _on_its_way(
        self, question: Question, parts: list[Expression], fragments: Collection[str]
    ) -> Question:
        """In a large catalog PostgreSQL is told how to come to the lowest ids."""
        drawn = sample(self._session)
        if drawn is None:
            return question
        held = drawn.all_holding(fragments) if fragments else None
        said = drawn.all_saying(all_of(parts)) if parts else None
        fit = [some for some in (held, said) if some is not None]
        together = [*parts]
        if (visible := self._looked.visible) is not None:
            together.append(any_of([Word(mark(LOT, str(lot))) for lot in visible]))
            fit.append(drawn.all_saying(together[-1]))
        last = drawn.last_to_read(frozenset.intersection(*fit), question.values["most"])
        rather_held = held is not None and (said is None or len(held) <= len(said))
        way = Way.HELD if rather_held else Way.FETCHED
        if last is None and held and said and _are_many(drawn, min(held, said, key=len)):
            return question  # both indexes are asked
        values = dict(question.values)
        if last is not None:
            way, values["last"] = Way.READ, last
        rare = drawn.rarest(all_of(together)) if parts else []
        row_says = way is not Way.FETCHED or not set(parts_together(all_of(parts))) <= {*rare}
        if parts:
            values["meant"] = self._written(all_of(parts))
            values["match"] = self._written(all_of(rare))
        return Question(replace(question.shape, way=way, row_says=bool(parts) and row_says), values)

    def knows(self, exact: str) -> bool:
        """Whether some article has the mark."""
        statement = with_mark(self.sqlite)
        found = fetch_one(self._session, statement, {"match": self._written(Word(exact))})
        return found is not None

    def holds(self, fragment: str) -> bool:
        """Whether some number holds the fragment (letters and digits)."""
        asked = self._asked_for((fragment,))
        statement = with_fragment(self.sqlite, len(asked[fragment]))
        values = values_of(asked, sqlite=self.sqlite)
        return fetch_one(self._session, statement, values) is not None

    def _asked_for(self, fragments: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Of each fragment the parts that the index is asked for."""
        drawn = sample(self._session) if fragments else None
        return {one: (one,) if drawn is None else drawn.numbers.rarest(one) for one in fragments}

    def _named(
        self, fragments: Mapping[str, tuple[str, ...]], parts: list[Expression]
    ) -> list[int] | None:
        """Which articles hold the fragments and say the parts, on SQLite, where few do.

        FTS5 would go through the lists of all words; the rarest, or the fragments, leave so few
        articles that what they say is sooner read. None where these are many.
        """
        wanted = all_of(parts)
        if fragments:
            values = values_of(fragments, sqlite=True)
            drawn = sample(self._session)
            held = drawn.all_holding(fragments) if drawn else NOBODY
            if drawn and _are_many(drawn, held):
                many = len(held & drawn.all_saying(wanted)) > SPARE  # and so they are found soon
                return None if many else self._named_by_both(fragments, wanted)
        elif rare := self._rare(wanted):
            first, wanted = rare
            values = {"match": self._written(first)}
        else:
            return None
        statement = first_named(tuple(map(len, fragments.values())), MOST_NAMED + 1)
        rows = fetch_all(self._session, statement, values)
        if len(rows) > MOST_NAMED:
            return None
        meant = teller(wanted)
        return [row.article_id for row in rows if meant(f" {row.words} ")]

    def _named_by_both(
        self, fragments: Mapping[str, tuple[str, ...]], wanted: Expression
    ) -> list[int]:
        values = values_of(fragments, sqlite=True) | {"match": self._written(wanted)}
        statement = named_by_both(tuple(map(len, fragments.values())))
        return [row.article_id for row in fetch_all(self._session, statement, values)]

    def _rare(self, wanted: Expression) -> tuple[Expression, Expression] | None:
        """The parts that leave few articles, and the others where these stand in long lists."""
        drawn = sample(self._session)
        if drawn is None:
            return None
        rare = drawn.rarest(wanted)
        left = drawn.all_saying(all_of(rare))
        rest = [part for part in parts_together(wanted) if part not in rare]
        many = sum(len(drawn.all_saying(part)) for part in rest)
        worth = len(left) <= SPARE and many * COMMON >= DRAWN
        return (all_of(rare), all_of(rest)) if worth else None

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


def _are_many(drawn: Sample, found: Collection[int]) -> bool:
    """Whether so many as the drawn ones say are too many to look at each."""
    return len(found) * drawn.step > MOST_NAMED
