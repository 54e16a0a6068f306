"""Everything a file says about an article, in a form that hashes the same every time."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from app.catalog.formats.values import Article, Price, PriceKind
from app.catalog.rules import LotFacts, PriceRow, price_for
from app.kernel.canonical import Plain
from app.kernel.unit_price import UnitPrice

NEXT_DAY: Final = timedelta(days=1)


class FirstPrice(NamedTuple):
    """What the smallest order costs, and from which day on."""

    unit_price: UnitPrice
    day: date


def content_of(article: Article, lot: LotFacts, cpv: str) -> dict[str, Plain]:
    """`cpv` is the article's code of that system as the file writes it, '' for none."""
    content: dict[str, Plain] = {
        "lot": lot.number,
        "name": article.name,
        "description": article.description,
        "manufacturer": article.manufacturer,
        "mpn": article.mpn,
        "gtin": article.gtin,
        "delivery_days": article.delivery_days,
        "keywords": article.keywords,
        "remarks": article.remarks,
        "family": article.family,
        "order_unit": article.order_unit,
        "content_unit": article.content_unit,
        "content_quantity": _text(article.content_quantity),
        "price_quantity": _text(article.price_quantity),
        "quantity_min": article.quantity_min,
        "quantity_interval": article.quantity_interval,
        "quantity_max": article.quantity_max,
        "cpv": cpv[:8],
        "classifications": article.classifications,
        "features": article.features,
        "references": article.references,
        "media": article.media,
        "extensions": article.extensions,
    }
    return content | priced(article.prices)


def priced(prices: tuple[Price, ...]) -> dict[str, Plain]:
    """The part of a content that an update of prices replaces."""
    return {
        "tax_percent": prices[0].tax_percent if prices else None,
        "list_price": PriceKind.NET_LIST in [price.kind for price in prices],
        "prices": [
            [
                price.lower_bound,
                price.unit_price.ten_thousandths,
                price.valid_from.isoformat() if price.valid_from else None,
                price.valid_until.isoformat() if price.valid_until else None,
            ]
            for price in prices
        ],
    }


def prices_in(content: Mapping[str, Any], today: date) -> list[PriceRow]:
    """Those that are not over; a price without a first day begins today."""
    return _rows(
        (
            (
                UnitPrice(amount),
                bound,
                date.fromisoformat(begins) if begins else None,
                date.fromisoformat(ends) if ends else None,
            )
            for bound, amount, begins, ends in content.get("prices", ())
        ),
        today,
    )


def prices_of(article: Article, today: date) -> list[PriceRow]:
    """The same rows from what was read, without the way through its text."""
    return _rows(
        [
            (price.unit_price, price.lower_bound, price.valid_from, price.valid_until)
            for price in article.prices
        ],
        today,
    )


def first_price(rows: list[PriceRow], quantity: int, today: date) -> FirstPrice | None:
    """Today's price for `quantity`, else the next one that is announced."""
    if (found := price_for(rows, quantity, today)) is not None:
        return FirstPrice(found.unit_price, today)
    for day in sorted({row.valid_from for row in rows if row.valid_from > today}):
        if (found := price_for(rows, quantity, day)) is not None:
            return FirstPrice(found.unit_price, day)
    return None


def _rows(
    prices: Iterable[tuple[UnitPrice, int, date | None, date | None]], today: date
) -> list[PriceRow]:
    return [
        PriceRow(amount, bound, begins or today, ends + NEXT_DAY if ends else None, 0)
        for amount, bound, begins, ends in prices
        if ends is None or ends >= today
    ]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
