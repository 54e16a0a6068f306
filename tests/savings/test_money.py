"""The four numbers of the money side and the break-even of the fee."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.savings.savings_report import Share
from app.kernel.money import Money
from app.savings.figures.money_figures import (
    Fees,
    HourlyRate,
    PricedLine,
    TimeBasis,
    cases_to_cover,
    evidence_coverage,
    hours_to_cover,
    money_figures,
    price_advantage,
    value_of_time,
)

ORDERED = date(2026, 10, 15)
FEE = Fees(12, Money.euros("2400.00"))
RATE = HourlyRate(Money.euros("60.00"), "Angabe der Kämmerei, 2026")
NO_TIME = TimeBasis(None, None)


def a_line(framework: str, market: str | None = None, **changes: object) -> PricedLine:
    given_market = Money.euros(market) if market else None
    settings: dict[str, object] = {
        "ordered_on": ORDERED,
        "seen_on": ORDERED if market else None,
        "same_specification": True,
        **changes,
    }
    return PricedLine(Money.euros(framework), market_net=given_market, **settings)  # type: ignore[arg-type]


def test_a_dearer_framework_is_shown_as_a_negative_amount() -> None:
    lines = [a_line("800.00", "900.00"), a_line("1000.00", "750.00")]

    assert price_advantage(lines) == Money.euros("-150.00")


@pytest.mark.parametrize(
    "evidence",
    [
        {"is_list_price": True},
        {"same_specification": False},
        {"seen_on": date(2026, 9, 14)},
        {"seen_on": date(2026, 11, 15)},
        {"seen_on": None},
    ],
)
def test_list_prices_other_models_and_old_prices_are_no_evidence(
    evidence: dict[str, object],
) -> None:
    line = a_line("800.00", "2000.00", **evidence)

    assert price_advantage([line]) == Money(0)
    assert evidence_coverage([line]) == Share(0, 80_000)


def test_evidence_counts_up_to_the_thirtieth_day() -> None:
    line = a_line("800.00", "900.00", seen_on=date(2026, 9, 15))

    assert price_advantage([line]) == Money.euros("100.00")


def test_the_share_of_value_with_evidence_is_told() -> None:
    lines = [a_line("750.00", "800.00"), a_line("250.00")]

    assert evidence_coverage(lines).percent == "75.0"


def test_hours_are_never_added_to_cash() -> None:
    figures = money_figures(
        [a_line("800.00", "900.00")],
        TimeBasis(36_000, 3600),
        Fees(1, Money.euros("200.00")),
        RATE,
        Money.euros("5.00"),
    )

    assert figures.time_value == Money.euros("600.00")
    assert figures.cash_result == Money.euros("-95.00")
    assert figures.overall == Money.euros("505.00")


def test_without_a_rate_no_value_of_time_is_invented() -> None:
    figures = money_figures([], TimeBasis(36_000, 3600), FEE, None, Money(0))

    assert figures.time_value is None
    assert figures.overall is None
    assert figures.covered_by_time_alone is None
    assert "nicht hinterlegt" in figures.break_even_sentence


def test_suppressed_hours_have_no_value_either() -> None:
    figures = money_figures([], NO_TIME, FEE, RATE, Money(0))

    assert figures.time_value is None
    assert "nicht sagen" in figures.break_even_sentence


def test_a_small_municipality_reads_that_time_alone_does_not_pay_the_fee() -> None:
    figures = money_figures([], TimeBasis(13 * 3600, 65 * 60), FEE, RATE, Money(0))

    assert figures.time_value == Money.euros("780.00")
    assert figures.covered_by_time_alone is False
    assert "deckt den Beitrag allein nicht" in figures.break_even_sentence
    assert "1.620,00" in figures.break_even_sentence


def test_negative_hours_stay_negative_in_money() -> None:
    figures = money_figures([], TimeBasis(-3600, -60), FEE, RATE, Money(0))

    assert figures.time_value == Money.euros("-60.00")
    assert figures.break_even_cases == ""


@pytest.mark.parametrize(
    ("rate", "needed_hours", "needed_cases", "value", "left"),
    [
        ("40", "60.0", "55.2", "10000", "7600"),
        ("50", "48.0", "44.2", "12500", "10100"),
        ("60", "40.0", "36.8", "15000", "12600"),
        ("70", "34.3", "31.5", "17500", "15100"),
        ("80", "30.0", "27.6", "20000", "17600"),
    ],
)
def test_the_break_even_table_of_the_rule_book(
    rate: str, needed_hours: str, needed_cases: str, value: str, left: str
) -> None:
    amount = Money.euros(rate)
    per_case = Fraction(250 * 3600, 230)

    assert f"{float(hours_to_cover(FEE.cost, amount)):.1f}" == needed_hours
    assert f"{float(cases_to_cover(FEE.cost, amount, per_case)):.1f}" == needed_cases
    assert value_of_time(250 * 3600, amount) == Money.euros(value)
    assert value_of_time(250 * 3600, amount) - FEE.cost == Money.euros(left)


def test_at_the_expected_hours_nine_sixty_pays_the_fee() -> None:
    assert value_of_time(250 * 3600, Money.euros("9.60")) == FEE.cost


amounts = st.integers(min_value=1, max_value=10_000_000).map(Money)
any_line = st.builds(
    PricedLine,
    framework_net=amounts,
    ordered_on=st.just(ORDERED),
    market_net=st.none() | amounts,
    seen_on=st.none() | st.dates(date(2026, 8, 1), date(2026, 12, 31)),
    same_specification=st.booleans(),
    is_list_price=st.booleans(),
)


@given(st.lists(any_line, max_size=20), st.integers(-500_000, 500_000), amounts)
def test_cash_is_prices_minus_fee_plus_discount_whatever_the_hours(
    lines: list[PricedLine], net_seconds: int, discount: Money
) -> None:
    with_time = money_figures(lines, TimeBasis(net_seconds, None), FEE, RATE, discount)
    without = money_figures(lines, NO_TIME, FEE, RATE, discount)

    assert with_time.cash_result == without.cash_result
    assert with_time.cash_result == price_advantage(lines) - FEE.cost + discount
    assert with_time.time_value is not None
    assert with_time.overall == with_time.cash_result + with_time.time_value
    coverage = evidence_coverage(lines)
    assert 0 <= coverage.part <= coverage.whole
