"""Whose turn it is today in lots of several suppliers, and at which price one article comes.

Lists and pages show so what an order of this article alone would cost. A catalog in which no
supplier has a price list of its own costs no statement.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.rules import PriceRow, price_for
from app.catalog.supplier_offers.offers import lists_from, rows_of
from app.catalog.supplier_offers.records import SupplierPriceList
from app.catalog.supplier_offers.rules_offers import ListFacts, with_successors
from app.database.marks import LISTS, Kept
from app.frameworks.awarding.suppliers import candidates_by_lot
from app.frameworks.records import Framework, Lot
from app.frameworks.supplier_choice import CallOffMode, in_turn


class SharedLot(NamedTuple):
    """A lot whose suppliers have price lists."""

    id: int
    framework_id: int
    mode: CallOffMode


class Waiting(NamedTuple):
    """A supplier in the order of turns; without lists it delivers everything at catalog prices."""

    name: str
    lists: tuple[ListFacts, ...]


Turns = Mapping[int, tuple[Waiting, ...]]
"""By lot: who is asked first and after whom."""

NO_TURNS: Final[Turns] = MappingProxyType({})
SHARED: Final[Kept[tuple[SharedLot, ...]]] = Kept(most=4, marks=(LISTS,))


class Asked(Protocol):
    """An article, or a row with what is needed of one."""

    @property
    def id(self) -> int: ...
    @property
    def lot_id(self) -> int: ...
    @property
    def minimum_quantity(self) -> int: ...


@dataclass(frozen=True, slots=True)
class AtTurn:
    """Who would deliver an article, and its prices now and to come; nobody: '' and none."""

    supplier: str
    prices: Sequence[PriceRow]

    @property
    def refusal(self) -> tuple[str | None, str]:
        """Code and German sentence where nobody does."""
        return (None, "") if self.supplier else ("article_not_orderable", NOBODY_HAS_IT)


NOBODY: Final = AtTurn("", ())
NOBODY_HAS_IT: Final = "Kein Auftragnehmer dieses Loses liefert diesen Artikel heute."


def turns_on(session: Session, on: date) -> Turns:
    """One statement where there are such lots, else none; the same within a state of awards."""
    shared = SHARED.get(session, "shared", lambda: _shared(session))
    if not shared:
        return NO_TURNS
    candidates = candidates_by_lot(session, [lot.id for lot in shared])
    found = {}
    for lot in shared:
        known = candidates.get(lot.id, ())
        lists = with_successors(lists_from(session, lot.framework_id, on), known)
        queue = in_turn(lot.mode, known, on)
        found[lot.id] = tuple(Waiting(one.name, lists.get(one.id, ())) for one in queue)
    return found


def at_turn(
    session: Session,
    articles: Collection[Asked],
    prices: Mapping[int, Sequence[PriceRow]],
    on: date,
    turns: Turns | None = None,
) -> dict[int, AtTurn]:
    """By id, for the smallest order; absent are articles of lots without such lists.

    `prices` are the catalog's, by id.
    """
    turns = turns_on(session, on) if turns is None else turns
    concerned = [one for one in articles if one.lot_id in turns] if turns else []
    if not concerned:
        return {}
    lists = {
        one.id: one
        for lot_id in {one.lot_id for one in concerned}
        for waiting in turns[lot_id]
        for one in waiting.lists
    }
    listed = rows_of(session, lists.values(), [one.id for one in concerned])

    def first(article: Asked) -> AtTurn:
        """The one resolver says who has a price for it."""
        for waiting in turns[article.lot_id]:
            found = prices.get(article.id, ())
            if waiting.lists:
                found = [row for one in waiting.lists for row in listed[one.id].get(article.id, ())]
            if price_for(found, article.minimum_quantity, on) is not None:
                return AtTurn(waiting.name, found)
        return NOBODY

    return {article.id: first(article) for article in concerned}


def _shared(session: Session) -> tuple[SharedLot, ...]:
    listed = select(SupplierPriceList.framework_id).where(
        SupplierPriceList.published_at.is_not(None), SupplierPriceList.withdrawn_at.is_(None)
    )
    rows = session.execute(
        select(Lot.id, Lot.framework_id, Framework.call_off_mode)
        .join(Framework, Framework.id == Lot.framework_id)
        .where(
            Lot.framework_id.in_(listed),
            Framework.call_off_mode.in_((CallOffMode.CASCADE, CallOffMode.ROTATION)),
        )
        .order_by(Lot.id)
    )
    return tuple(SharedLot(*row) for row in rows)
