"""Choices that are no words of the index: prices, delivery times, stock, labels."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, false, func, or_, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.catalog.content.queries import labelled
from app.catalog.finding.facets import IN_STOCK
from app.catalog.finding.price_bands import BANDS, SPAN, Band, days_between, prices_between
from app.catalog.finding.records import SearchEntry
from app.catalog.rules_labels import Label
from app.database.base import table_of
from app.kernel.unit_price import UnitPrice

Row = ReadOnlyColumnCollection[str, Any]
Chosen = Mapping[str, tuple[str, ...]]
Usual = tuple[tuple[int, int], ...]  # the usual delivery time of each lot
Ranges = tuple[tuple[str, tuple[str, ...]], ...]

ENTRY: Final = table_of(SearchEntry)
DAY: Final = bindparam("day", type_=Date())
RANGES: Final = ("price", "delivery", "stock", "label")
"""Facets whose values do not stand in the word index."""

NOT_MARKED: Final = frozenset({*RANGES, SPAN})


def within_ranges(
    ranges: Ranges, usual: Usual, price: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    """The chosen steps of price and delivery time, stock, and the labels."""
    chosen = dict(ranges)
    rules: list[ColumnElement[bool]] = []
    if wanted := chosen.get("price"):
        bands = [band for band in BANDS if band.key in wanted]
        rules.append(or_(false(), *(_within(price, band) for band in bands)))
    if wanted := chosen.get("delivery"):
        days = days_of(ENTRY.c, usual)
        spans = [span for key in wanted if (span := days_between(key))]
        rules.append(or_(false(), *(_takes(days, low, high) for low, high in spans)))
    if wanted := chosen.get("stock"):
        rules.append(ENTRY.c.in_stock_until >= DAY if IN_STOCK in wanted else false())
    if wanted := chosen.get("label"):
        # Unknown keys fall away: then nothing fits. One by one, for such lists cannot go straight.
        label = labelled(DAY).subquery()
        these = (label.c.label == one for one in Label if one.value in wanted)
        carrying = select(label.c.article_id).where(or_(false(), *these))
        rules.append(ENTRY.c.article_id.in_(carrying))
    return rules


def typed_prices(chosen: Chosen) -> dict[str, UnitPrice]:
    """The last pair counts; unknown ones fall away."""
    low = high = None
    for key in chosen.get(SPAN, ()):
        low, high = prices_between(key) or (low, high)
    typed = (("low", low), ("high", high))
    return {name: price for name, price in typed if price is not None}


def within_span(span: tuple[str, ...], price: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Both prices are inclusive. What has no price, or a rate, is not among them."""
    low, high = (bindparam(name, type_=ENTRY.c.price.type) for name in ("low", "high"))
    rules = {"low": price >= low, "high": price <= high}
    return [rules[name] for name in span]


def _takes(days: ColumnElement[int], low: int, high: int | None) -> ColumnElement[bool]:
    return days > low if high is None else and_(days > low, days <= high)


def days_of(row: Row, usual: Usual) -> ColumnElement[int]:
    """The article's own delivery time, else the usual one of its agreement."""
    own: ColumnElement[int] = row.delivery_days
    whens = [(row.lot_id == lot, days) for lot, days in usual]
    return func.coalesce(own, case(*whens, else_=0)) if whens else own


def _within(price: ColumnElement[Any], band: Band) -> ColumnElement[bool]:
    above = price >= UnitPrice.euros(band.low)
    return and_(above, price < band.limit) if band.limit else above
