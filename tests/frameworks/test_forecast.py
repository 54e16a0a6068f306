"""The forecast of a ceiling: a date, an interval, and silence where data is thin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.frameworks.outlook.rules_forecast import (
    Forecast,
    Question,
    State,
    Use,
    forecast,
)
from app.frameworks.outlook.rules_outlook import sentence
from app.kernel.month import months_after
from tests.support.clock import TODAY

BEGAN = TODAY - timedelta(days=300)
ENDS = TODAY + timedelta(days=1000)


def asked(left: int, *, since: date = BEGAN, ends: date = ENDS, months: int = 9) -> Question:
    return Question(left, since, ends, months)


def weekly(*amounts: int) -> list[Use]:
    """One order a week, the newest week first."""
    return [Use(TODAY - timedelta(days=7 * week), amount) for week, amount in enumerate(amounts)]


def test_an_even_use_ends_on_the_day_of_the_arithmetic() -> None:
    found = forecast(weekly(*[700] * 13), asked(70_000), TODAY)

    assert found.state is State.RUNS_OUT
    assert found.exhausted_on == TODAY + timedelta(days=700)
    assert (found.earliest, found.latest) == (
        TODAY + timedelta(days=700),
        TODAY + timedelta(days=701),
    )
    assert (found.per_week, found.weeks, found.orders) == (700, 13, 13)
    assert found.begin_tender_by == months_after(TODAY + timedelta(days=700), -9)


def test_an_uneven_use_has_a_wide_interval_around_the_same_day() -> None:
    found = forecast(weekly(*[100, 1300] * 6, 700), asked(70_000), TODAY)

    assert found.exhausted_on == TODAY + timedelta(days=700)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest < TODAY + timedelta(days=600)
    assert found.latest > TODAY + timedelta(days=850)


def test_a_use_in_bursts_has_no_latest_day() -> None:
    bursts = [9000, 10, 10, 10, 0, 0, 10, 10, 0, 0, 10, 10, 10]

    found = forecast(weekly(*bursts), asked(50_000), TODAY)

    assert found.latest is None
    assert found.earliest is not None
    text = sentence("Los 1", found, ENDS, 9, TODAY)
    assert "ein spätestes Datum gibt der Verlauf nicht her" in text


def test_what_lasts_beyond_the_term_asks_for_the_tender_by_the_term() -> None:
    found = forecast(weekly(*[70] * 13), asked(70_000), TODAY)

    assert found.state is State.LASTS
    assert found.begin_tender_by == months_after(ENDS + timedelta(days=1), -9)
    assert found.by_end == 70 * 1000 // 7


def test_a_wide_interval_warns_although_it_lasts_on_average() -> None:
    ends = TODAY + timedelta(days=690)
    found = forecast(weekly(*[100, 1300] * 6, 700), asked(70_000, ends=ends), TODAY)

    assert found.state is State.LASTS
    assert found.risky(ends)
    assert "Im ungünstigen Fall ist es am" in sentence("Los 1", found, ends, 9, TODAY)


@pytest.mark.parametrize(
    ("uses", "since", "state"),
    [
        pytest.param(weekly(*[700] * 13), TODAY - timedelta(days=55), State.THIN, id="too short"),
        pytest.param(weekly(*[700] * 7), BEGAN, State.THIN, id="too few orders"),
        pytest.param([Use(TODAY, 100)] * 30, BEGAN, State.THIN, id="many orders in a single week"),
        pytest.param([], BEGAN, State.IDLE, id="nothing drawn"),
        pytest.param([], TODAY, State.THIN, id="the first day"),
        pytest.param(
            weekly(*[700] * 13) + weekly(*[-800] * 13), BEGAN, State.IDLE, id="more came back"
        ),
    ],
)
def test_thin_data_gives_no_date(uses: list[Use], since: date, state: State) -> None:
    found = forecast(uses, asked(70_000, since=since), TODAY)

    assert found.state is state
    assert (found.exhausted_on, found.earliest, found.latest) == (None, None, None)


def test_only_the_last_thirteen_weeks_count() -> None:
    old = [Use(TODAY - timedelta(days=91 + week), 99_999) for week in range(20)]

    assert forecast(weekly(*[700] * 13) + old, asked(70_000), TODAY).per_week == 700


def test_a_reservation_given_back_does_not_count_as_use() -> None:
    back = [Use(TODAY - timedelta(days=3), 5000), Use(TODAY - timedelta(days=2), -5000)]

    assert forecast(weekly(*[700] * 13) + back, asked(70_000), TODAY).per_week == 700


def test_an_exhausted_ceiling_is_called_so_whatever_its_history() -> None:
    found = forecast([], asked(0), TODAY)

    assert found.state is State.USED_UP
    assert sentence("Los 2", found, ENDS, 9, TODAY) == (
        "Los 2 ist erschöpft. Die Rahmenvereinbarung hat insoweit keine Wirkung mehr "
        "(EuGH C-23/20); das Portal nimmt keinen Abruf mehr an. "
        "Eine Neuausschreibung braucht 9 Monate: jetzt beginnen."
    )


def test_the_sentence_names_date_interval_and_the_last_day_to_begin() -> None:
    found = Forecast(
        State.RUNS_OUT,
        date(2027, 2, 3),
        13,
        40,
        exhausted_on=date(2027, 11, 3),
        earliest=date(2027, 9, 1),
        latest=date(2028, 2, 14),
    )

    assert sentence("Los 2 Monitore", found, ENDS, 9, TODAY) == (
        "Bei diesem Tempo ist Los 2 Monitore am 03.11.2027 erschöpft "
        "(zwischen 01.09.2027 und 14.02.2028). Eine Neuausschreibung braucht 9 Monate; "
        "spätestens am 03.02.2027 beginnen."
    )


def test_a_missed_beginning_is_said_plainly() -> None:
    found = forecast(weekly(*[700] * 13), asked(10_000), TODAY)

    assert found.alarm(TODAY)
    assert "hätte spätestens am 01.06.2026 beginnen müssen" in sentence(
        "Los 1", found, ENDS, 9, TODAY
    )


@given(
    amounts=st.lists(st.integers(0, 10_000_000), min_size=13, max_size=13),
    left=st.integers(1, 10_000_000_000),
)
def test_the_interval_always_holds_the_expected_day(amounts: list[int], left: int) -> None:
    found = forecast(weekly(*amounts), asked(left), TODAY)

    if found.exhausted_on is None:
        return
    assert found.earliest is not None
    assert found.earliest <= found.exhausted_on
    assert found.latest is None or found.exhausted_on <= found.latest
