"""The way of a membership as one table: what may follow, what is needed, when it ends."""

from datetime import date

import pytest

from app.members.rules_lifecycle import (
    Stage,
    Step,
    Taken,
    Terms,
    last_day,
    possible,
    present,
    refusal,
    repayment_due,
    stage,
    started_months,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("notice", "first_month", "last"),
    [
        (date(2026, 6, 30), 1, date(2026, 12, 31)),
        (date(2026, 7, 1), 1, date(2027, 12, 31)),
        (date(2026, 8, 31), 1, date(2027, 12, 31)),
        (date(2026, 1, 31), 8, date(2026, 7, 31)),
        (date(2026, 2, 1), 8, date(2027, 7, 31)),
        (date(2023, 8, 31), 3, date(2024, 2, 29)),
    ],
)
def test_notice_ends_with_the_first_fiscal_year_after_six_months(
    notice: date, first_month: int, last: date
) -> None:
    assert last_day(notice, Terms(first_month=first_month)) == last


def test_the_share_is_paid_back_six_months_after_leaving() -> None:
    assert repayment_due(date(2026, 12, 31)) == date(2027, 6, 30)


def test_started_months_count_whole() -> None:
    assert started_months(date(2024, 4, 1), 2024) == 9
    assert started_months(date(2024, 4, 30), 2024) == 9
    assert started_months(date(2024, 4, 1), 2025) == 12
    assert started_months(date(2024, 4, 1), 2023) == 0


def test_each_step_opens_the_next_ones() -> None:
    way: dict[Step, date] = {}
    seen = []
    for step in (Step.APPLICATION, Step.RESOLUTION, Step.ADMISSION, Step.EFFECTIVE, Step.NOTICE):
        seen.append(possible(way))
        assert step in possible(way)
        way[step] = TODAY

    assert seen == [
        (Step.APPLICATION, Step.RESOLUTION),
        (Step.RESOLUTION,),
        (Step.ADMISSION,),
        (Step.SHARE_PAID, Step.EFFECTIVE),
        (Step.SHARE_PAID, Step.NOTICE, Step.END),
    ]


@pytest.mark.parametrize(
    ("known", "wish", "sentence"),
    [
        (
            {},
            Taken(Step.ADMISSION, TODAY),
            "Zuerst fehlt noch: Beitrittserklärung, Beschluss des zuständigen Organs.",
        ),
        (
            {Step.APPLICATION: TODAY},
            Taken(Step.APPLICATION, TODAY),
            "Dieser Schritt ist schon erfasst.",
        ),
        ({}, Taken(Step.RESOLUTION, date(2026, 11, 22)), "Das Datum liegt in der Zukunft."),
        (
            {Step.APPLICATION: TODAY, Step.RESOLUTION: TODAY},
            Taken(Step.ADMISSION, date(2026, 11, 20)),
            "Die Zulassung kann nicht vor dem Beschluss liegen.",
        ),
        (
            {Step.EFFECTIVE: TODAY},
            Taken(Step.NOTICE, date(2026, 11, 20)),
            "Dieser Tag liegt vor dem Beginn der Mitgliedschaft.",
        ),
    ],
    ids=["too-early", "twice", "in-future", "before-resolution", "before-beginning"],
)
def test_a_step_that_may_not_follow_says_why(
    known: dict[Step, date], wish: Taken, sentence: str
) -> None:
    assert refusal(known, wish, TODAY) == sentence


def test_a_membership_may_take_effect_before_and_after_its_admission() -> None:
    admitted = dict.fromkeys((Step.APPLICATION, Step.RESOLUTION, Step.ADMISSION), TODAY)

    assert refusal(admitted, Taken(Step.EFFECTIVE, date(2026, 11, 1)), TODAY) is None
    assert refusal(admitted, Taken(Step.EFFECTIVE, date(2027, 1, 1)), TODAY) is None


@pytest.mark.parametrize(
    ("way", "last", "reached"),
    [
        ({}, None, Stage.OUTSIDE),
        ({Step.RESOLUTION: TODAY}, None, Stage.PREPARING),
        ({Step.ADMISSION: TODAY}, None, Stage.ADMITTED),
        ({Step.EFFECTIVE: date(2026, 11, 22)}, None, Stage.COMING),
        ({Step.EFFECTIVE: TODAY}, None, Stage.MEMBER),
        ({Step.EFFECTIVE: TODAY}, TODAY, Stage.LEAVING),
        ({Step.EFFECTIVE: date(2026, 1, 1)}, date(2026, 11, 20), Stage.ENDED),
    ],
)
def test_the_stage_follows_from_steps_and_day(
    way: dict[Step, date], last: date | None, reached: Stage
) -> None:
    assert stage(way, last, TODAY) is reached


def test_who_left_begins_anew() -> None:
    taken = [Taken(Step.EFFECTIVE, TODAY), Taken(Step.NOTICE, TODAY), Taken(Step.RESOLUTION, TODAY)]

    assert present(taken) == {Step.RESOLUTION: TODAY}
