"""Prices at their boundaries, lots by name and by code, quantities by interval."""

from datetime import date, timedelta
from typing import Final

import pytest

from app.catalog.rules import (
    LotFacts,
    PriceRow,
    Standing,
    has_serial_numbers,
    lot_for,
    may_reverse_charge,
    price_for,
    quantity_fits,
    why_not_orderable,
)
from app.kernel.unit_price import UnitPrice

FIRST: Final = date(2026, 1, 1)
END: Final = date(2026, 7, 1)
DAY: Final = timedelta(days=1)
LOTS: Final = (LotFacts(7, 1, "30213100"), LotFacts(8, 2, "30237200"))


def row(
    price: str, bound: int = 1, start: date = FIRST, end: date | None = END, version: int = 1
) -> PriceRow:
    return PriceRow(UnitPrice.euros(price), bound, start, end, version)


def text(rows: list[PriceRow], quantity: int, on: date) -> str | None:
    found = price_for(rows, quantity, on)
    return found.unit_price.text if found else None


def test_a_price_is_valid_from_its_first_to_its_last_day() -> None:
    rows = [row("10")]

    assert text(rows, 1, FIRST - DAY) is None
    assert text(rows, 1, FIRST) == "10.00"
    assert text(rows, 1, END - DAY) == "10.00"
    assert text(rows, 1, END) is None


def test_an_open_price_has_no_end() -> None:
    assert text([row("10", end=None)], 1, date(2099, 1, 1)) == "10.00"


def test_the_largest_bound_reached_counts_and_below_the_lowest_there_is_no_price() -> None:
    rows = [row("8", 50), row("9", 10), row("9.5", 5)]

    assert text(rows, 4, FIRST) is None
    assert text(rows, 5, FIRST) == "9.50"
    assert text(rows, 10, FIRST) == "9.00"
    assert text(rows, 49, FIRST) == "9.00"
    assert text(rows, 50, FIRST) == "8.00"


def test_the_newest_version_counts_then_the_later_period() -> None:
    assert text([row("10"), row("11", version=2)], 1, FIRST) == "11.00"
    assert text([row("10"), row("12", start=FIRST + DAY)], 1, FIRST + DAY) == "12.00"


def test_a_withdrawn_price_never_counts() -> None:
    assert text([row("10", end=FIRST)], 1, FIRST) is None


@pytest.mark.parametrize(
    ("quantity", "fits"), [(4, False), (5, True), (6, False), (7, True), (9, True)]
)
def test_the_interval_counts_from_the_minimum(quantity: int, fits: bool) -> None:
    assert quantity_fits(quantity, 5, 2) is fits


def test_the_lot_is_the_named_one_the_only_one_or_the_most_alike() -> None:
    assert lot_for(LOTS, 2, "30213100") == LOTS[1]
    assert lot_for(LOTS, 9, "30213100") is None
    assert lot_for(LOTS[:1], None, "") == LOTS[0]
    assert lot_for(LOTS, None, "30237460") == LOTS[1]
    assert lot_for(LOTS, None, "30213300") == LOTS[0]
    assert lot_for(LOTS, None, "45000000") is None
    assert lot_for((), None, "30213100") is None


def test_serial_numbers_and_reverse_charge_go_by_the_classification() -> None:
    assert has_serial_numbers("30213100")
    assert not has_serial_numbers("30125110")
    assert may_reverse_charge("30213200")
    assert not may_reverse_charge("30213100")


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (Standing(True, True, True, 19), None),
        (Standing(False, True, True, 19), "article_not_orderable"),
        (Standing(True, True, True, 7), "article_not_orderable"),
        (Standing(True, False, True, 19), "price_not_valid"),
        (Standing(True, False, False, 19), "article_not_orderable"),
    ],
)
def test_an_article_that_cannot_be_ordered_says_why(standing: Standing, code: str | None) -> None:
    refusal = why_not_orderable(standing)

    assert (refusal[0] if refusal else None) == code
