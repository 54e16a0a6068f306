"""Prices of stored articles: loading them for the one resolver in `rules`."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, ScalarSelect, bindparam, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, Price
from app.catalog.rules import PriceRow

# Built once: putting a statement together costs more than executing it.
_PRICES: Final = select(
    Price.article_id,
    Price.unit_price,
    Price.lower_bound,
    Price.valid_from,
    Price.valid_to,
    Price.catalog_version_id,
).where(Price.article_id.in_(bindparam("articles", expanding=True)))


def price_rows(session: Session, article_ids: Collection[int]) -> dict[int, list[PriceRow]]:
    """All prices of the articles, past and future ones too."""
    rows = session.connection().execute(_PRICES, {"articles": list(article_ids)})
    found: dict[int, list[PriceRow]] = {}
    for article_id, *price in rows:
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
