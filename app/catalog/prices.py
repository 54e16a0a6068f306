"""Prices of stored articles: loading them for the one resolver in `rules`."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, ScalarSelect, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, Price
from app.catalog.rules import PriceRow
from app.database.among import among
from app.database.base import table_of
from app.database.straight import fetch_all

_PRICE: Final = table_of(Price).c
_PRICES: Final = select(
    _PRICE.article_id,
    _PRICE.unit_price,
    _PRICE.lower_bound,
    _PRICE.valid_from,
    _PRICE.valid_to,
    _PRICE.catalog_version_id,
).where(among(_PRICE.article_id, "articles"))


def price_rows(session: Session, article_ids: Collection[int]) -> dict[int, list[PriceRow]]:
    """All prices of the articles, past and future ones too."""
    found: dict[int, list[PriceRow]] = {}
    for article_id, *price in fetch_all(session, _PRICES, {"articles": article_ids}):
        found.setdefault(article_id, []).append(PriceRow._make(price))
    return found


def price_to_sort_by(on: date | BindParameter[date]) -> ScalarSelect[Any]:
    """The resolver's answer for the smallest order, inside SQL; only for sorting."""
    return (
        select(Price.unit_price)
        .where(
            Price.article_id == Article.id,
            Price.lower_bound <= Article.minimum_quantity,
            Price.valid_from <= on,
            (Price.valid_to.is_(None)) | (Price.valid_to > on),
        )
        .order_by(
            Price.catalog_version_id.desc(), Price.valid_from.desc(), Price.lower_bound.desc()
        )
        .limit(1)
        .correlate(Article)
        .scalar_subquery()
    )
