"""What the prices of an entry become: rows, and the span of today's price for the search."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.catalog.finding.price_span import Span, price_span, span_of_one_list
from app.catalog.rules import PriceRow
from app.catalog.rules_periods import (
    Listed,
    ListedPrice,
    Stated,
    beginning,
    listed,
    one_beginning,
    one_list,
)


class PriceTerms(NamedTuple):
    """A price begins and ends with the days here unless the file says others.

    `day` is that of the publication; `first`: the framework had no catalog before.
    """

    day: date
    begins: date
    ends: date | None
    first: bool


class Priced(NamedTuple):
    """`begun` are those of `stored` that begin for an article that has no others, `span` theirs."""

    stored: list[Listed]
    begun: list[Listed]
    span: Span


def priced(stated: Sequence[Stated], quantity: int, terms: PriceTerms) -> Priced:
    """`quantity` is that of the smallest order."""
    one = one_list(stated, terms.begins, terms.ends)
    if one is not None:
        begun = one_beginning(one, terms.day, first=terms.first)
        return Priced(one, begun, span_of_one_list(begun, quantity, terms.day))
    several = listed(stated, terms.begins, terms.ends)
    begins = beginning(several, terms.day, first=terms.first)
    rows = [PriceRow(row.unit_price, row.lower_bound, *row[2:4], 0) for row in begins]
    span = price_span(rows, quantity, terms.day)
    price = None if span.price is None else span.price.ten_thousandths
    return Priced(plain(several), plain(begins), (price, span.since, span.until))


def plain(prices: Iterable[ListedPrice]) -> list[Listed]:
    return [(one.lower_bound, one.unit_price.ten_thousandths, *one[2:]) for one in prices]
