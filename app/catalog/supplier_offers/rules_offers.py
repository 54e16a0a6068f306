"""What a supplier offers on a day: the list that counts, and the one price resolver over it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app.catalog.rules import PriceRow, price_for
from app.frameworks.supplier_choice import Candidate
from app.kernel.german import day as written
from app.kernel.unit_price import UnitPrice


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A published list that was not withdrawn; `until` is the day on which the next one begins."""

    id: int
    supplier_id: int
    number: int
    valid_from: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One supplier on one day; without a list it delivers everything at catalog prices."""

    price_list: ListFacts | None = None
    rows: Mapping[int, Sequence[PriceRow]] = field(default_factory=dict)

    def price(self, article_id: int, counted: int, on: date) -> UnitPrice | None:
        """The price of its list; None where the list does not hold the article."""
        row = price_for(self.rows.get(article_id, ()), counted, on)
        return None if row is None else row.unit_price

    @property
    def words(self) -> str:
        """Which prices these are, as memo and decision print it."""
        if self.price_list is None:
            return "Preise nach Katalog."
        one = self.price_list
        return f"Preise nach Preisliste {one.number} vom {written(one.valid_from)}."


CATALOG_PRICES = Offer()
Of = TypeVar("Of")


def with_successors(of: Mapping[int, Of], candidates: Iterable[Candidate]) -> dict[int, Of]:
    """By supplier: until his own list begins, whoever replaces another keeps to that one's."""
    found = dict(of)
    for one in candidates:
        before = next((of[gone] for gone in one.replaced if gone in of), None)
        if before is not None:
            found.setdefault(one.id, before)
    return found


def list_in_force(lists: Iterable[ListFacts], on: date) -> ListFacts | None:
    """The one that began last; of two that begin on one day the newer."""
    begun = [one for one in lists if one.valid_from <= on]
    return max(begun, key=lambda one: (one.valid_from, one.number), default=None)


def following(lists: Collection[ListFacts], on: date) -> tuple[ListFacts, ...]:
    """The one in force and those to come, each until the next one; empty where none has begun."""
    first = list_in_force(lists, on)
    if first is None:
        return ()
    days = sorted({one.valid_from for one in lists if one.valid_from > on})
    chosen = [first, *(one for day in days if (one := list_in_force(lists, day)) is not None)]
    return tuple(
        replace(one, until=until) for one, until in zip(chosen, [*days, None], strict=True)
    )
