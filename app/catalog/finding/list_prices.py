"""Prices to sort and narrow by where several suppliers share a lot: those of whose turn it is."""

from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, select

from app.catalog.finding.ranges import ENTRY
from app.catalog.records import Article
from app.catalog.supplier_offers.records import SupplierPrice
from app.catalog.supplier_offers.turns import Turns

CATALOG_PRICES: Final = 0
Lists = tuple[tuple[int, tuple[int, ...]], ...]
"""By lot: the price lists in the order in which their suppliers are asked; 0 is the catalog."""


def lists_at_turn(turns: Turns) -> Lists:
    """Those in force; what comes after a supplier without a list is never asked."""
    return tuple(
        (lot_id, tuple(one.lists[0].id if one.lists else CATALOG_PRICES for one in queue))
        for lot_id, queue in turns.items()
    )


def price_at_turn(lists: Lists, price: ColumnElement[Any]) -> ColumnElement[Any]:
    """The resolver's answer for the smallest order inside SQL; `price` is that of the catalog.

    What has none there (on request, or for rent) has none at a supplier's either.
    """
    if not lists:
        return price
    whens = [
        (and_(ENTRY.c.lot_id == lot_id, price.is_not(None)), _first_of(queue, price))
        for lot_id, queue in lists
    ]
    return case(*whens, else_=price)


def _first_of(queue: tuple[int, ...], price: ColumnElement[Any]) -> ColumnElement[Any]:
    asked = [price if number == CATALOG_PRICES else _in_list(number) for number in queue]
    return func.coalesce(*asked, None) if asked else case((price.is_(None), price))


def _in_list(number: int) -> ScalarSelect[Any]:
    return (
        select(SupplierPrice.unit_price)
        .join(Article, Article.id == SupplierPrice.article_id)
        .where(
            SupplierPrice.price_list_id == number,
            SupplierPrice.article_id == ENTRY.c.article_id,
            SupplierPrice.lower_bound <= Article.minimum_quantity,
        )
        .order_by(SupplierPrice.lower_bound.desc())
        .limit(1)
        .correlate(ENTRY)
        .scalar_subquery()
    )
