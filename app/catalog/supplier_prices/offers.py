"""Reads of what the suppliers of an agreement offer on a day, for the articles of an order."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.rules import PriceRow
from app.catalog.supplier_prices.records import SupplierPrice, SupplierPriceList
from app.catalog.supplier_prices.rules_offers import ListFacts, Offer, list_in_force

NO_VERSION = 0  # a price of a list belongs to no version of the catalog


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
    found = {supplier: list_in_force(lists, on) for supplier, lists in by_supplier.items()}
    return {supplier: one for supplier, one in found.items() if one is not None}


def rows_of(
    session: Session, lists: Iterable[ListFacts], article_ids: Collection[int]
) -> dict[int, dict[int, list[PriceRow]]]:
    """By list and article, as the one price resolver takes them."""
    begins = {one.id: one.valid_from for one in lists}
    found: dict[int, dict[int, list[PriceRow]]] = {number: {} for number in begins}
    if not begins:
        return found
    for row in session.execute(
        select(
            SupplierPrice.price_list_id,
            SupplierPrice.article_id,
            SupplierPrice.lower_bound,
            SupplierPrice.unit_price,
        ).where(
            SupplierPrice.price_list_id.in_(begins),
            SupplierPrice.article_id.in_(list(article_ids)),
        )
    ):
        begun = begins[row.price_list_id]
        price = PriceRow(row.unit_price, row.lower_bound, begun, None, NO_VERSION)
        found[row.price_list_id].setdefault(row.article_id, []).append(price)
    return found
