from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.eligibility.judging.activity_test import activity_of, share_of
from app.eligibility.judging.assess import assess, inquiry_of
from app.eligibility.judging.case import Case, TurnoverYear
from app.eligibility.judging.facts import Document
from app.eligibility.rules import Outcome, Result
from app.kernel.money import Money
from tests.eligibility.cases import GOOD, at, rule, with_fact
from tests.support.clock import TODAY

STATEMENT = next(
    document.number for document in GOOD.evidence.documents if document.kind == "annual_statement"
)


def year(number: int, members: int, others: int, **changes: object) -> TurnoverYear:
    """A closed year in cents; what is not from members is from other public bodies."""
    made = TurnoverYear(
        "cooperative",
        number,
        total=Money(members + others),
        members=Money(members),
        nonmembers_public=Money(others),
        private=Money(0),
        document=STATEMENT,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def with_years(*years: TurnoverYear) -> Case:
    company = tuple(row for row in GOOD.turnover if row.body == "operating_company")
    return replace(GOOD, turnover=(*company, *years))


def test_the_worked_example_of_the_rule_book_passes_with_an_early_warning() -> None:
    years = (
        year(2023, 1_800_000_000, 300_000_000),
        year(2024, 1_950_000_000, 350_000_000),
        year(2025, 2_100_000_000, 450_000_000),
    )

    share = share_of(years)

    assert share.ratio == "84,17\u00a0%"
    assert share.passes
    assert share.warns
    assert share.members == Money.euros("58500000")
    assert share.room == Money(5 * 5_850_000_000 // 4 - 6_950_000_000 - 1)
    verdict = rule(with_years(*years), "K-06")
    assert verdict.result is Result.PASS
    assert "Vorwarnung" in verdict.text


@pytest.mark.parametrize(
    ("more", "result"), [(0, Result.FAIL), (1, Result.PASS), (-1, Result.FAIL)]
)
def test_eighty_percent_exactly_is_not_enough_and_one_cent_decides(
    more: int, result: Result
) -> None:
    case = with_years(year(2023, 80, 20), year(2024, 80, 20), year(2025, 80 + more, 20 - more))

    assert rule(case, "K-06").result is result
    if result is Result.FAIL:
        assert assess(case).outcome is Outcome.NOT_ELIGIBLE


def test_the_room_left_is_used_up_exactly_at_the_limit() -> None:
    years = (year(2023, 900, 100), year(2024, 900, 100), year(2025, 900, 100))
    room = share_of(years).room.cents

    used = (*years[:2], year(2025, 900, 100 + room))
    beyond = (*years[:2], year(2025, 900, 101 + room))

    assert share_of(used).passes
    assert not share_of(beyond).passes


def test_three_years_are_summed_so_that_a_weak_one_may_be_outweighed() -> None:
    case = with_years(year(2023, 50, 50), year(2024, 950, 50), year(2025, 950, 50))

    assert rule(case, "K-06").result is Result.PASS


def test_the_worse_of_the_two_bodies_decides() -> None:
    company = tuple(
        replace(row, body="operating_company")
        for row in (year(2023, 1, 1), year(2024, 1, 1), year(2025, 1, 1))
    )
    own = tuple(row for row in GOOD.turnover if row.body == "cooperative")

    assert rule(replace(GOOD, turnover=(*own, *company)), "K-06").result is Result.FAIL


def test_last_year_may_be_open_but_not_the_one_before() -> None:
    early = datetime(2027, 3, 1, 12, tzinfo=UTC)
    years = [year(number, 90, 10) for number in (2022, 2023, 2024, 2025)]

    open_year = activity_of(inquiry_of(at(early, with_years(*years))), "cooperative")
    stale = activity_of(
        inquiry_of(at(datetime(2028, 1, 1, 12, tzinfo=UTC), with_years(*years))), "cooperative"
    )

    assert open_year.result is Result.PASS
    assert "noch nicht festgestellt" in open_year.text
    assert open_year.share is not None
    assert open_year.share.span == "2023–2025"
    assert stale.result is Result.EXPIRED


def test_fewer_than_three_years_need_a_projection_and_leave_a_condition() -> None:
    young = with_years(year(2024, 90, 10), year(2025, 90, 10))

    projected = with_fact("cooperative", "projection_share", 8001, young)
    too_low = with_fact("cooperative", "projection_share", 8000, young)

    assert rule(young, "K-06").result is Result.UNKNOWN
    assert assess(projected).outcome is Outcome.ELIGIBLE_WITH_CONDITION
    assert assess(projected).condition_rules == ("K-06",)
    assert "§ 108 Abs. 7 Satz 3 GWB" in assess(projected).conditions[0]
    assert assess(too_low).outcome is Outcome.NOT_ELIGIBLE


def test_an_expired_projection_is_not_believed() -> None:
    young = with_years(year(2025, 90, 10))
    old = Document(0, "annual_statement", "Alt", TODAY, "d" * 64, TODAY, valid_to=TODAY)

    case = with_fact("cooperative", "projection_share", 9000, young, document=old)

    assert rule(case, "K-06").result is Result.PASS
    assert rule(at(datetime(2026, 11, 22, 12, tzinfo=UTC), case), "K-06").result is Result.EXPIRED


def test_parts_must_add_up_to_the_total_within_a_cent() -> None:
    years = [year(number, 9000, 1000) for number in (2023, 2024, 2025)]
    near = replace(years[2], total=years[2].total + Money(1))
    far = replace(years[2], total=years[2].total + Money(2))

    assert rule(with_years(*years[:2], near), "K-06").result is Result.PASS
    assert rule(with_years(*years[:2], far), "K-06").result is Result.UNKNOWN


def test_a_parent_of_a_group_is_judged_by_the_group() -> None:
    years = [year(number, 90, 10, group_parent=True) for number in (2023, 2024, 2025)]
    group = [replace(row, consolidated=True) for row in years]

    assert rule(with_years(*years), "K-06").result is Result.UNKNOWN
    assert rule(with_years(*group), "K-06").result is Result.PASS


def test_years_without_a_statement_do_not_count() -> None:
    years = [year(number, 90, 10, document=None) for number in (2023, 2024, 2025)]

    assert rule(with_years(*years), "K-06").result is Result.UNKNOWN


def test_a_body_is_measured_by_its_costs_or_by_its_turnover_and_never_by_both() -> None:
    costs = tuple(year(number, 90, 10, basis="cost") for number in (2023, 2024, 2025))

    measured = rule(with_years(*costs), "K-06")
    mixed = rule(with_years(year(2023, 90, 10), *costs[1:]), "K-06")

    assert (measured.result, mixed.result) == (Result.PASS, Result.UNKNOWN)
    assert "90,00\u00a0% der Kosten 2023–2025" in measured.text
    assert "nach Umsatz und nach Kosten gemischt" in mixed.text


def test_years_without_turnover_prove_nothing() -> None:
    years = [year(number, 0, 0) for number in (2023, 2024, 2025)]

    assert rule(with_years(*years), "K-06").result is Result.UNKNOWN


def test_grants_count_on_neither_side_and_both_ratios_are_shown() -> None:
    years = [year(number, 81, 19, grants=Money(20)) for number in (2023, 2024, 2025)]

    verdict = rule(with_years(*years), "K-06")

    assert verdict.result is Result.PASS
    assert "81,00\u00a0%" in verdict.text
    assert "67,50\u00a0%" in verdict.text
