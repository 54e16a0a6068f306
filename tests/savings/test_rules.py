"""The arithmetic of saved time, and each way to make it look better than it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.savings.savings_report import Reliability, Share
from app.savings.distribution import median, project, quantile, spread
from app.savings.figures.time_figures import Expectation, time_figures
from app.savings.rules import (
    CaseStatus,
    MeasurementStatus,
    ProcurementCase,
    as_cases,
    hours,
    is_reliable,
    minutes,
    saved,
    target_seconds,
    upper_bound,
)

NOON = datetime(2026, 10, 1, 10, tzinfo=UTC)
MONTH = Expectation(months=1, procurements=230, target_hours=250)
YEAR = Expectation(months=12, procurements=230, target_hours=250)


def a_case(number: int = 0, portal: int | None = 600, **changes: Any) -> ProcurementCase:
    """A completed, fully measured case: 10 minutes in the portal, 5 outside, three people."""
    case = ProcurementCase(
        key=f"case-{number:03}",
        unit="it",
        framework="RV-01",
        status=CaseStatus.COMPLETED,
        opened_at=NOON + timedelta(days=2 * number),
        closed_on=date(2026, 10, 20),
        baseline_seconds=180 * 60,
        portal_seconds=portal,
        outside_seconds=300,
        outside_confirmed=True,
        people=frozenset({1, 2, 3}),
        lead_days=9,
    )
    return replace(case, **changes)


def cases(count: int, **changes: Any) -> tuple[ProcurementCase, ...]:
    return tuple(a_case(number, **changes) for number in range(count))


def test_a_full_case_saves_baseline_minus_portal_minus_outside() -> None:
    assert saved(a_case()) == (180 - 10 - 5) * 60


def test_a_case_that_took_longer_than_before_stays_negative() -> None:
    assert saved(a_case(portal=190 * 60)) == -15 * 60


def test_a_cancelled_rejected_or_running_case_saves_nothing() -> None:
    for status in (CaseStatus.CANCELLED, CaseStatus.REJECTED, CaseStatus.RUNNING):
        assert saved(a_case(status=status)) is None
        assert upper_bound(a_case(status=status, outside_seconds=None)) is None


def test_cancelled_and_rejected_cases_are_not_counted_but_their_time_is_deducted() -> None:
    lost = (
        a_case(50, status=CaseStatus.CANCELLED),
        a_case(51, status=CaseStatus.REJECTED, outside_seconds=None),
    )

    figures = time_figures((*cases(12), *lost), 1800, MONTH)

    assert (figures.cases, figures.full) == (12, 12)
    assert (figures.cancelled, figures.rejected) == (1, 1)
    assert figures.saved == 12 * 165 * 60
    assert figures.net == 12 * 165 * 60 - (900 + 600) - 1800


def test_test_orders_are_not_counted() -> None:
    assert as_cases([a_case(1), a_case(2, is_test=True)]) == (a_case(1),)


def test_a_missing_time_outside_is_never_read_as_zero() -> None:
    unknown = a_case(outside_seconds=None, outside_confirmed=False)
    unconfirmed_zero = a_case(outside_seconds=0, outside_confirmed=False)
    confirmed_zero = a_case(outside_seconds=0)

    assert unknown.measured is MeasurementStatus.PORTAL_ONLY
    assert saved(unknown) is None
    assert unconfirmed_zero.measured is MeasurementStatus.PORTAL_ONLY
    assert saved(unconfirmed_zero) is None
    assert saved(confirmed_zero) == 170 * 60


def test_the_baseline_is_not_counted_as_saved_when_nothing_was_measured() -> None:
    unmeasured = a_case(portal=None, outside_seconds=None, outside_confirmed=False)

    figures = time_figures((*cases(12), replace(unmeasured, key="x")), 0, MONTH)

    assert saved(unmeasured) is None
    assert upper_bound(unmeasured) is None
    assert figures.saved == 12 * 165 * 60
    assert figures.unmeasured == 1
    assert figures.coverage == Share(12, 13)


def test_portal_only_cases_stand_apart_as_an_upper_bound() -> None:
    half = cases(6, outside_seconds=None, outside_confirmed=False)

    figures = time_figures((*cases(12), *half), 0, MONTH)

    assert figures.saved == 12 * 165 * 60
    assert figures.net == figures.saved
    assert figures.upper_bound == 6 * 170 * 60
    assert figures.coverage == Share(12, 18)


@pytest.mark.parametrize(
    ("full", "completed", "reliable"),
    [(10, 20, True), (10, 21, False), (9, 9, False), (0, 0, False), (12, 12, True)],
)
def test_the_headline_needs_half_the_cases_and_ten_of_them(
    full: int, completed: int, *, reliable: bool
) -> None:
    assert is_reliable(full, completed) is reliable


def test_nine_measured_cases_give_figures_but_no_reliable_statement() -> None:
    figures = time_figures(cases(9), 0, MONTH)

    assert figures.reliability is Reliability.NOT_RELIABLE
    assert figures.saved == 9 * 165 * 60
    assert "9 von 9" in figures.reason


def test_fewer_than_five_cases_show_no_time_at_all() -> None:
    figures = time_figures(cases(4), 0, MONTH)

    assert figures.reliability is Reliability.SUPPRESSED
    hidden = (figures.saved, figures.net, figures.spread, figures.median_saved, figures.negative)
    assert hidden == (None, None, None, None, None)
    assert figures.projection is None
    assert figures.cases == 4


def test_fewer_than_three_acting_people_show_no_time_at_all() -> None:
    two = time_figures(cases(20, people=frozenset({1, 2})), 0, MONTH)
    three = time_figures((*cases(19, people=frozenset({1, 2})), a_case(19)), 0, MONTH)

    assert two.reliability is Reliability.SUPPRESSED
    assert two.saved is None
    assert three.reliability is Reliability.RELIABLE


def test_few_portal_only_cases_are_hidden_too() -> None:
    half = cases(4, outside_seconds=None, outside_confirmed=False)

    figures = time_figures((*cases(12), *half), 0, MONTH)

    assert figures.upper_bound is None
    assert figures.portal_only == 4


def test_splitting_an_order_gains_nothing() -> None:
    whole = a_case(1, portal=900)
    parts = tuple(a_case(1, portal=300, key=f"part-{n}", outside_seconds=100) for n in range(3))

    (merged,) = as_cases(parts)

    assert merged.orders == 3
    assert saved(merged) == saved(whole)


def test_orders_of_another_unit_framework_or_day_are_their_own_case() -> None:
    first = a_case(1)
    others = (
        a_case(1, key="unit", unit="schule"),
        a_case(1, key="framework", framework="RV-02"),
        a_case(1, key="day", opened_at=first.opened_at + timedelta(hours=24)),
    )

    assert len(as_cases((first, *others))) == 4


def test_a_split_order_with_one_unknown_part_is_unknown_as_a_whole() -> None:
    (merged,) = as_cases(
        (a_case(1), a_case(1, key="part", outside_seconds=None, outside_confirmed=False))
    )

    assert merged.measured is MeasurementStatus.PORTAL_ONLY


def test_a_cancelled_order_is_never_merged_into_a_completed_one() -> None:
    found = as_cases((a_case(1), a_case(1, key="gone", status=CaseStatus.CANCELLED)))

    assert [case.status for case in found] == [CaseStatus.COMPLETED, CaseStatus.CANCELLED]


def test_the_median_is_printed_so_that_outliers_do_not_carry_the_figure() -> None:
    slow = tuple(a_case(number, portal=170 * 60) for number in range(9))
    quick = tuple(a_case(number, portal=0, outside_seconds=0) for number in range(9, 12))

    figures = time_figures((*slow, *quick), 0, MONTH)

    assert figures.median_saved == 5 * 60
    assert figures.spread is not None
    assert figures.spread.median == 175 * 60


def test_negative_cases_lower_the_sum_and_their_share_is_told() -> None:
    figures = time_figures((*cases(9), *(a_case(n, portal=12000) for n in range(9, 12))), 0, MONTH)

    assert figures.negative == Share(3, 12)
    assert figures.saved == 9 * 9900 - 3 * 1500


def test_a_changed_baseline_leaves_earlier_cases_as_they_were() -> None:
    old = a_case(1)
    new = a_case(2, baseline_seconds=120 * 60)

    assert [saved(case) for case in (old, new)] == [165 * 60, 105 * 60]


def test_the_projection_is_fixed_by_its_seed_and_holds_its_own_estimate() -> None:
    values = [60 * n for n in range(90, 110)]

    first, second = project(values, 30), project(list(reversed(values)), 30)

    assert first is not None
    assert first == second
    assert (first.draws, first.seed) == (2000, 20240401)
    assert first.seconds == 30 * 5970
    assert first.low <= first.seconds <= first.high
    assert first.low < first.high


def test_the_year_and_the_month_of_the_council_paper() -> None:
    assert target_seconds(250, 12) == 250 * 3600
    assert target_seconds(250, 1) == 75_000
    assert hours(75_000) == "20,8"


def test_portal_share_and_coverage_are_two_figures() -> None:
    figures = time_figures((*cases(85), *cases(5, outside_seconds=None)), 0, YEAR)

    assert figures.portal_share == Share(90 * 12, 230 * 12)
    assert figures.portal_share.percent == "39.1"
    assert figures.coverage.percent == "94.4"


def test_lead_time_is_the_median_in_calendar_days() -> None:
    some = tuple(a_case(n, lead_days=days) for n, days in enumerate((3, 5, 40, 6, 7)))

    assert time_figures(some, 0, MONTH).lead_days == 6


@pytest.mark.parametrize(
    ("share", "expected"),
    [(Fraction(1, 4), Fraction(7, 4)), (Fraction(1, 2), Fraction(5, 2)), (Fraction(1), 4)],
)
def test_quantiles_interpolate_like_a_spreadsheet(share: Fraction, expected: Fraction) -> None:
    assert quantile([1, 2, 3, 4], share) == expected


def test_hours_and_minutes_round_half_away_from_zero() -> None:
    assert hours(180) == "0,1"
    assert hours(179) == "0,0"
    assert hours(-1800) == "−0,5"
    assert hours(-1) == "0,0"
    assert minutes(3) == "0,1"
    assert minutes(-90) == "−1,5"


seconds = st.integers(min_value=0, max_value=400_000)
people = st.frozensets(st.integers(min_value=1, max_value=6), max_size=3)
any_case = st.builds(
    a_case,
    number=st.integers(min_value=0, max_value=40),
    portal=st.none() | seconds,
    outside_seconds=st.none() | seconds,
    outside_confirmed=st.booleans(),
    status=st.sampled_from(CaseStatus),
    people=people,
)


@given(st.lists(any_case, max_size=25), st.integers(min_value=0, max_value=36_000))
def test_the_net_line_is_always_saved_minus_wasted_minus_overhead(
    some: list[ProcurementCase], overhead: int
) -> None:
    figures = time_figures(some, overhead, MONTH)
    counted = [value for case in some if (value := saved(case)) is not None]
    lost = [c for c in some if c.status in {CaseStatus.CANCELLED, CaseStatus.REJECTED}]

    assert figures.full == len(counted)
    assert figures.full + figures.portal_only + figures.unmeasured == figures.cases
    if figures.saved is None:
        assert figures.net is None
        assert figures.reliability is Reliability.SUPPRESSED
    else:
        assert figures.saved == sum(counted)
        assert figures.net == sum(counted) - sum(c.spent for c in lost) - overhead


@given(st.lists(any_case, max_size=25))
def test_merging_never_raises_the_sum_and_keeps_every_order(some: list[ProcurementCase]) -> None:
    merged = as_cases(some)

    assert sum(case.orders for case in merged) == len(some)
    baselines = [c.baseline_seconds for c in merged if c.status is CaseStatus.COMPLETED]
    assert sum(baselines) <= sum(
        c.baseline_seconds for c in some if c.status is CaseStatus.COMPLETED
    )


@given(st.lists(st.integers(min_value=-10_000, max_value=10_000), min_size=1, max_size=40))
def test_the_places_of_a_distribution_are_in_order(values: list[int]) -> None:
    found = spread(values)

    assert found is not None
    assert found.median == median(values)
    places = (found.lower_quartile, found.median, found.upper_quartile, found.ninth_decile)
    assert list(places) == sorted(places)
    assert min(values) <= found.lower_quartile
    assert found.ninth_decile <= max(values)
