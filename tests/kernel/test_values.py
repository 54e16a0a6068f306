"""Money, prices, days and texts: the arithmetic that everything else trusts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.german import (
    clean,
    euro,
    fold,
    moment,
    number,
    percent,
    typed_day,
    ungrouped,
    unit_price,
)
from app.kernel.legal_day import legal_day, start_of_day
from app.kernel.money import Money
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice
from app.kernel.vat import vat_on
from app.kernel.working_days import after_working_days, is_working_day


@pytest.mark.parametrize(
    ("amount", "cents"), [("0.005", 1), ("0.004", 0), ("-0.005", -1), ("1249.99", 124999), (3, 300)]
)
def test_amounts_are_rounded_half_up_to_the_cent(amount: str | int, cents: int) -> None:
    assert Money.euros(amount) == Money(cents)


@given(st.integers(-(10**12), 10**12))
def test_an_amount_survives_its_text(cents: int) -> None:
    assert Money.euros(Money(cents).text) == Money(cents)


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_a_sum_is_exact(cents: list[int]) -> None:
    assert Money.total(Money(amount) for amount in cents) == Money(sum(cents))


@pytest.mark.parametrize("text", ["2027-01-15", "15.01.2027", " 15.1.2027 "])
def test_a_day_reads_as_browsers_send_it_and_as_people_write_it(text: str) -> None:
    assert typed_day(text) == date(2027, 1, 15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.02.2027",
        "15.1.27",
        "1/15/2027",
        "١٥.01.2027",
        "2027",
        "31.12.1899",
        "2200-01-01",
        "9999-12-31",
    ],
)
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        typed_day(text)


@pytest.mark.parametrize(
    ("price", "quantity", "cents"),
    [("789.00", 8, 631200), ("0.0055", 1000, 550), ("0.0055", 1, 1), ("1249.9050", 3, 374972)],
)
def test_a_line_is_rounded_once(price: str, quantity: int, cents: int) -> None:
    assert UnitPrice.euros(price).times(quantity) == Money(cents)


def test_a_unit_price_shows_two_to_four_decimals() -> None:
    texts = [UnitPrice.euros(price).text for price in ("789", "0.5", "0.0055", "0.125")]
    assert texts == ["789.00", "0.50", "0.0055", "0.125"]
    assert unit_price(UnitPrice.euros("1249.905")) == "1.249,905\u00a0€"


def test_tax_is_taken_on_the_sum() -> None:
    assert vat_on(Money.euros("7304.00"), 19) == Money.euros("1387.76")
    assert vat_on(Money(50), 19) == Money(10)


def test_a_legal_day_begins_at_midnight_in_berlin() -> None:
    assert legal_day(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert legal_day(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert legal_day(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)
    assert start_of_day(date(2026, 3, 29)) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert start_of_day(date(2026, 3, 30)) == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)


def test_a_month_knows_its_days_and_neighbours() -> None:
    leap = Month(2028, 2)
    assert (leap.first, leap.last) == (date(2028, 2, 1), date(2028, 2, 29))
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2027, 1).previous() == Month(2026, 12)
    assert Month.parse("2026-10") == Month(2026, 10)
    assert Month(2026, 3).german == "März 2026"
    assert Month(2026, 10).ends - Month(2026, 10).begins == datetime(
        2026, 10, 31, 23, tzinfo=UTC
    ) - datetime(2026, 9, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-1", "26-10", "2026-10-01", "Oktober"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert Month.parse(text) is None


def test_holidays_of_the_land_are_no_working_days() -> None:
    assert not is_working_day(date(2027, 1, 6))  # Heilige Drei Könige
    assert not is_working_day(date(2026, 11, 21))  # a Saturday
    assert after_working_days(date(2026, 12, 23), 3) == date(2026, 12, 29)


def test_canonical_texts_are_equal_for_equal_values_and_hold_no_floats() -> None:
    assert canonical_json({"b": 1, "a": ["ß", None, True]}) == '{"a":["ß",null,true],"b":1}'
    assert sha256_hex(canonical_json({"b": 1, "a": 2})) == sha256_hex(
        canonical_json({"a": 2, "b": 1})
    )
    for value in (1.5, {"a": [1.5]}, [{"a": (1.5,)}]):
        with pytest.raises(TypeError):
            canonical_json(value)


def test_words_are_folded_for_searching() -> None:
    assert fold("Roßlau, Köthen, Café") == "rosslau, koethen, cafe"
    assert fold("Roßlau") == fold("ROSSLAU")


def test_what_people_type_loses_signs_that_nobody_sees() -> None:
    assert clean(" A\u202e-17\u200b\x00 ") == "A-17"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.000", "1000"), ("12.345.678", "12345678"), ("-1.000", "-1000"), ("1.5", "1.5")],
)
def test_points_are_left_out_between_thousands_only(typed: str, read: str) -> None:
    assert ungrouped(typed) == read


def test_numbers_are_written_as_in_german_letters() -> None:
    assert euro(Money(-123456789)) == "−1.234.567,89\u00a0€"
    assert number(Decimal("1234.5"), 1) == "1.234,5"
    assert percent(Decimal("0.362")) == "36,2\u00a0%"
    assert moment(datetime(2026, 11, 21, 8, 46, tzinfo=UTC)) == "21.11.2026, 09:46 Uhr"
