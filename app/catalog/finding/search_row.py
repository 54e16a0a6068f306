"""The row that the search keeps of an article: pure, for it is also worked out beside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.catalog.finding.entry import ArticleFacts, Entry, entry_of, family_id
from app.catalog.finding.price_span import Span, price_span
from app.catalog.rules import PriceRow
from app.catalog.rules_charge import Charge


class Indexable(NamedTuple):
    """An active article as the search needs it."""

    id: int
    lot_id: int
    sku: str
    mpn: str
    gtin: str
    name: str
    manufacturer: str
    minimum_quantity: int
    delivery_days: int | None
    framework_id: int
    family: str
    charge: Charge
    details: Mapping[str, Any]
    category: str | None
    category_slug: str | None


class SearchRow(NamedTuple):
    """The columns of `search_entry` beside the article's id; the price in ten-thousandths."""

    lot_id: int
    profile_id: int
    words: str
    numbers: str
    head: str
    name_key: str
    price: int | None
    price_from: date
    price_until: date | None
    delivery_days: int | None
    family_id: int | None


def entry_for(article: Indexable) -> Entry:
    return entry_of(
        ArticleFacts(
            article.lot_id,
            article.sku,
            article.mpn,
            article.gtin,
            article.name,
            article.manufacturer,
            article.category or "",
            article.category_slug or "",
            article.details.get("features", ()),
            article.details.get("keywords", ()),
            article.charge,
        )
    )


def search_row(article: Indexable, entry: Entry, prices: Sequence[PriceRow], on: date) -> SearchRow:
    """`entry` is the article's own; `prices` are all that it has."""
    span = price_span(prices, article.minimum_quantity, on)
    price = None if span.price is None else span.price.ten_thousandths
    return row_of(article, entry, (price, span.since, span.until))


def row_of(article: Indexable, entry: Entry, span: Span) -> SearchRow:
    price, since, until = span
    return SearchRow(
        article.lot_id,
        entry.profile.id,
        entry.words,
        entry.numbers,
        entry.head,
        entry.name_key,
        None if article.charge.recurring else price,
        since,
        until,
        article.delivery_days,
        family_id(article.framework_id, article.family),
    )
