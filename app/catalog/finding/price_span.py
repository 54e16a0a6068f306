"""Until when the price of a day stays the price: what may be kept beside an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.catalog.rules import PriceRow, price_for
from app.kernel.unit_price import UnitPrice

FIRST_DAY: Final = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """The price for a quantity on `since <= day < until`; `until` is None where nothing follows."""

    price: UnitPrice | None
    since: date
    until: date | None


def price_span(rows: Sequence[PriceRow], quantity: int, on: date) -> PriceSpan:
    """The resolver's answer for `on`, with the days around it on which no price begins or ends."""
    days = {row.valid_from for row in rows} | {row.valid_to for row in rows if row.valid_to}
    price = price_for(rows, quantity, on)
    return PriceSpan(
        price.unit_price if price else None,
        max((day for day in days if day <= on), default=FIRST_DAY),
        min((day for day in days if day > on), default=None),
    )
