"""A day has one price list: what becomes of periods that overlap, and of periods in the past."""

from datetime import date

from app.catalog.rules_periods import ListedPrice, disjoint
from app.kernel.unit_price import UnitPrice

NEW_YEAR = date(2026, 1, 1)
MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)
NEXT_YEAR = date(2027, 1, 1)


def price(amount: str, start: date, end: date | None, bound: int = 1) -> ListedPrice:
    return ListedPrice(bound, UnitPrice.euros(amount), start, end, dated=True)


def test_one_list_stays_as_it_is_stated() -> None:
    listed = [price("100", NEW_YEAR, NEXT_YEAR), price("90", NEW_YEAR, NEXT_YEAR, bound=10)]

    assert disjoint(listed, date.min) == listed


def test_a_summer_price_interrupts_the_yearly_one_with_all_its_bounds() -> None:
    listed = [
        price("100", NEW_YEAR, NEXT_YEAR),
        price("90", NEW_YEAR, NEXT_YEAR, bound=10),
        price("80", JUNE, JULY),
    ]

    assert disjoint(listed, date.min) == [
        price("100", NEW_YEAR, JUNE),
        price("90", NEW_YEAR, JUNE, bound=10),
        price("80", JUNE, JULY),
        price("100", JULY, NEXT_YEAR),
        price("90", JULY, NEXT_YEAR, bound=10),
    ]


def test_an_open_end_stays_open_behind_an_interruption() -> None:
    listed = [price("100", NEW_YEAR, None), price("80", JUNE, JULY)]

    assert disjoint(listed, date.min) == [
        price("100", NEW_YEAR, JUNE),
        price("80", JUNE, JULY),
        price("100", JULY, None),
    ]


def test_of_two_lists_that_begin_together_the_shorter_counts_first() -> None:
    listed = [price("100", NEW_YEAR, NEXT_YEAR), price("95", NEW_YEAR, JUNE)]

    assert disjoint(listed, date.min) == [
        price("95", NEW_YEAR, JUNE),
        price("100", JUNE, NEXT_YEAR),
    ]


def test_a_list_covered_by_a_later_one_counts_for_no_day() -> None:
    listed = [price("100", JUNE, JULY), price("80", JUNE, JULY), price("70", NEW_YEAR, JUNE)]

    assert disjoint(listed, date.min) == [price("70", NEW_YEAR, JUNE), price("100", JUNE, JULY)]


def test_nothing_begins_before_the_publication() -> None:
    listed = [price("100", NEW_YEAR, JUNE), price("110", JUNE, None), price("9", NEW_YEAR, MAY)]

    assert disjoint(listed, MAY) == [price("100", MAY, JUNE), price("110", JUNE, None)]


def test_a_period_without_a_day_is_dropped() -> None:
    assert disjoint([price("100", JUNE, JUNE), price("90", JULY, JUNE)], date.min) == []


def test_a_gap_between_two_lists_stays_a_gap() -> None:
    listed = [price("100", NEW_YEAR, MAY), price("120", JULY, None)]

    assert disjoint(listed, date.min) == listed
