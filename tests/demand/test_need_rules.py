"""When two needs ask for the same, and which states lead where."""

from datetime import date

import pytest

from app.demand.rules import (
    NEED_MOVES,
    ROUND_MOVES,
    NeedMove,
    NeedState,
    RoundMove,
    RoundState,
    after,
    can_be_needed,
    collects,
    moves_of,
    reminder_due,
)
from app.demand.subject import subject

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Notebook 14 Zoll", "14 Zoll Notebook"),
        ("Notebooks", "ein Notebook"),
        ("Laptop für die Schule", "Notebooks: Schulen"),
        ("Etikettendrucker", "ETIKETTENDRUCKER"),
        ("Bürostühle", "Buerostuehle"),
    ],
    ids=["order", "number", "same words", "case", "umlauts"],
)
def test_needs_in_other_words_are_one_subject(one: str, other: str) -> None:
    assert subject(one) == subject(other)


def test_other_sizes_are_other_subjects() -> None:
    assert subject("Tafel 75 Zoll") != subject("Tafel 86 Zoll")


def test_a_need_of_signs_only_keeps_them() -> None:
    assert subject("???") == "???"


def test_only_the_table_moves_a_need() -> None:
    assert after(NeedState.OPEN, NeedMove.WITHDRAW) is NeedState.WITHDRAWN
    assert after(NeedState.DECLINED, NeedMove.REOPEN) is NeedState.OPEN
    assert after(NeedState.PLANNED, NeedMove.WITHDRAW) is None
    ends = {NeedState.AVAILABLE, NeedState.WITHDRAWN}
    assert not [at for at, _ in NEED_MOVES if at in ends]


def test_a_round_ends_closed_or_cancelled() -> None:
    assert moves_of(RoundState.COLLECTING) == (RoundMove.REVIEW, RoundMove.CANCEL)
    assert moves_of(RoundState.CLOSED) == moves_of(RoundState.CANCELLED) == ()
    assert (RoundState.COLLECTING, RoundMove.CLOSE) not in ROUND_MOVES


@pytest.mark.parametrize(
    ("day", "open_then"),
    [(date(2026, 11, 30), True), (date(2026, 12, 1), False)],
    ids=["on the last day", "the day after"],
)
def test_the_deadline_is_the_last_day_for_answers(day: date, *, open_then: bool) -> None:
    assert collects(RoundState.COLLECTING, date(2026, 11, 30), day) is open_then
    assert not collects(RoundState.REVIEWING, date(2026, 11, 30), day)


@pytest.mark.parametrize(
    ("deadline", "due"),
    [(date(2026, 11, 28), 7), (date(2026, 11, 22), 1), (date(2026, 11, 25), None)],
    ids=["a week before", "the day before", "in between"],
)
def test_reminders_come_a_week_and_a_day_before(deadline: date, due: int | None) -> None:
    assert reminder_due(deadline, TODAY) == due


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        (date(2025, 11, 20), True),
        (date(2025, 11, 19), False),
        (date(2031, 11, 24), True),
        (date(2036, 1, 1), False),
    ],
    ids=["a year ago", "earlier", "in five years", "later"],
)
def test_a_need_lies_between_last_year_and_five_years_ahead(day: date, *, possible: bool) -> None:
    assert can_be_needed(day, TODAY) is possible
