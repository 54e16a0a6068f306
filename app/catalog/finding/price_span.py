"""Until when the price of a day stays the price: what may be kept beside an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.catalog.rules import PriceRow, price_for
from app.catalog.rules_periods import Listed
from app.kernel.unit_price import UnitPrice

FIRST_DAY: Final = date(1, 1, 1)
Span = tuple[int | None, date, date | None]
"""A PriceSpan whose amount are ten-thousandths."""


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


def span_of_one_list(prices: Sequence[Listed], quantity: int, on: date) -> Span:
    """The same of prices that are all for the same days, in the order of their bounds."""
    if not prices:
        return None, FIRST_DAY, None
    _, _, since, until, _ = prices[0]
    if since > on:
        return None, FIRST_DAY, since
    if until is not None and until <= on:
        return None, until, None
    reached = [amount for bound, amount, _, _, _ in prices if bound <= quantity]
    return (reached[-1] if reached else None), since, until
