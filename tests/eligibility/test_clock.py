from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from app.eligibility.judging.facts import review_limit
from app.eligibility.rules import Result
from tests.eligibility.cases import GOOD, at, rule, with_fact, with_framework, with_membership

TICK: Final = timedelta(microseconds=1)
# The last day, and the first instant in UTC that no longer belongs to it in Germany.
DAYS: Final = {
    "autumn day": (date(2026, 11, 21), datetime(2026, 11, 21, 23, tzinfo=UTC)),
    "summer day": (date(2026, 7, 1), datetime(2026, 7, 1, 22, tzinfo=UTC)),
    "clock goes forward": (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    "day before it goes forward": (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
    "clock goes back": (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    "day before it goes back": (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    "leap day": (date(2028, 2, 29), datetime(2028, 2, 29, 23, tzinfo=UTC)),
    "last of the year": (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_membership_holds_until_its_last_second_in_germany(name: str) -> None:
    last, over = DAYS[name]
    case = with_membership(effective_to=last)

    assert rule(at(over - TICK, case), "M-02").result is Result.PASS
    ended = rule(at(over, case), "M-02")
    assert (ended.result, ended.code) == (Result.FAIL, "membership_ended")


@pytest.mark.parametrize("name", DAYS)
def test_a_membership_begins_with_the_first_second_of_its_day(name: str) -> None:
    before, begins = DAYS[name]
    case = with_membership(effective_from=before + timedelta(days=1))

    assert rule(at(begins - TICK, case), "M-02").result is Result.FAIL
    assert rule(at(begins, case), "M-02").result is Result.PASS


@pytest.mark.parametrize("name", DAYS)
def test_an_agreement_and_a_proof_end_at_the_same_midnight(name: str) -> None:
    last, over = DAYS[name]
    case = with_framework(valid_from=date(2025, 1, 1), valid_to=last)
    fact = with_fact(
        "cooperative",
        "no_contrary_interests",
        True,
        case,
        valid_from=date(2025, 12, 1),
        valid_to=last,
        document=replace(GOOD.evidence.documents[0], dated=date(2025, 12, 1), valid_to=None),
    )
    newest = replace(
        fact,
        evidence=replace(
            fact.evidence,
            facts=tuple(
                one
                for one in fact.evidence.facts
                if one.key != "no_contrary_interests" or one.valid_to == last
            ),
        ),
    )

    assert rule(at(over - TICK, newest), "F-02").result is Result.PASS
    assert rule(at(over, newest), "F-02").result is Result.FAIL
    assert rule(at(over - TICK, newest), "K-04").result is Result.PASS
    assert rule(at(over, newest), "K-04").result is Result.EXPIRED


def test_an_opinion_of_a_leap_day_is_reviewed_by_the_last_of_february() -> None:
    opinion = next(one for one in GOOD.evidence.documents if one.kind == "legal_opinion")

    assert review_limit(replace(opinion, dated=date(2024, 2, 29))) == date(2026, 2, 28)


def test_the_year_of_the_award_is_the_german_one() -> None:
    """An hour before UTC's new year the new German year already asks for its own closed years."""
    old = rule(at(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)), "K-06")
    new = rule(at(datetime(2026, 12, 31, 23, tzinfo=UTC)), "K-06")

    assert "2023–2025" in old.text
    assert "2023–2025" in new.text
    assert "Vorjahr ist noch nicht festgestellt" in new.text
    assert "Vorjahr ist noch nicht festgestellt" not in old.text
