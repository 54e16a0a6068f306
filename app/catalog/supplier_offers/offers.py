"""Reads of what the suppliers of an agreement offer on a day, for the articles of an order."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.rules import PriceRow
from app.catalog.supplier_offers.records import SupplierPrice, SupplierPriceList
from app.catalog.supplier_offers.rules_offers import (
    ListFacts,
    Offer,
    following,
    list_in_force,
)
from app.database.marks import CATALOG, Kept

_FROM: Final[Kept[dict[int, tuple[ListFacts, ...]]]] = Kept(most=200, marks=(CATALOG,))
NO_VERSION: Final = 0  # a price of a list belongs to no version of the catalog


def offers_of(
    session: Session, framework_id: int, article_ids: Collection[int], on: date
) -> dict[int, Offer]:
    """By supplier; those that are absent deliver everything at catalog prices.

    One statement where no supplier of the agreement has a list, else two.
    """
    in_force = lists_in_force(session, framework_id, on)
    found = rows_of(session, in_force.values(), article_ids)
    return {supplier: Offer(one, found[one.id]) for supplier, one in in_force.items()}


def lists_in_force(session: Session, framework_id: int, on: date) -> dict[int, ListFacts]:
    """By supplier."""
    by_supplier = _lists(session, framework_id)
    found = {supplier: list_in_force(lists, on) for supplier, lists in by_supplier.items()}
    return {supplier: one for supplier, one in found.items() if one is not None}


def lists_from(session: Session, framework_id: int, on: date) -> dict[int, tuple[ListFacts, ...]]:
    """By supplier: the list in force and those to come; kept per state of the catalog and day."""
    return _FROM.get(
        session,
        (framework_id, on),
        lambda: {
            supplier: lists
            for supplier, known in _lists(session, framework_id).items()
            if (lists := following(known, on))
        },
    )


def _lists(session: Session, framework_id: int) -> dict[int, list[ListFacts]]:
    by_supplier: dict[int, list[ListFacts]] = {}
    for row in session.execute(
        select(
            SupplierPriceList.id,
            SupplierPriceList.supplier_id,
            SupplierPriceList.number,
            SupplierPriceList.valid_from,
        ).where(
            SupplierPriceList.framework_id == framework_id,
            SupplierPriceList.published_at.is_not(None),
            SupplierPriceList.withdrawn_at.is_(None),
        )
    ):
        facts = ListFacts(row.id, row.supplier_id, row.number, row.valid_from)
        by_supplier.setdefault(facts.supplier_id, []).append(facts)
    return by_supplier


def rows_of(
    session: Session, lists: Iterable[ListFacts], article_ids: Collection[int]
) -> dict[int, dict[int, list[PriceRow]]]:
    """By list and article, as the one price resolver takes them."""
    known = {one.id: one for one in lists}
    found: dict[int, dict[int, list[PriceRow]]] = {number: {} for number in known}
    if not known:
        return found
    for row in session.execute(
        select(
            SupplierPrice.price_list_id,
            SupplierPrice.article_id,
            SupplierPrice.lower_bound,
            SupplierPrice.unit_price,
        ).where(
            SupplierPrice.price_list_id.in_(known),
            SupplierPrice.article_id.in_(list(article_ids)),
        )
    ):
        one = known[row.price_list_id]
        price = PriceRow(row.unit_price, row.lower_bound, one.valid_from, one.until, NO_VERSION)
        found[row.price_list_id].setdefault(row.article_id, []).append(price)
    return found
