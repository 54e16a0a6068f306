from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.eligibility.judging.assess import assess
from app.eligibility.rules import Outcome, Result, RuleClass
from app.frameworks.thresholds import eu_threshold
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from tests.eligibility.cases import (
    GOOD,
    LINE,
    LOT,
    NUMBER,
    at,
    rule,
    with_fact,
    with_framework,
    with_line,
    with_lot,
    with_order,
    without_fact,
)

SCOPE = f"framework:{NUMBER}"


@pytest.mark.parametrize("missing", ["procedure_type", "notice_id", "award_date"])
def test_a_call_off_needs_a_procedure_with_notice_and_award(missing: str) -> None:
    nothing: dict[str, Any] = {missing: None}

    assert rule(with_framework(**nothing), "F-01").result is Result.UNKNOWN


def test_the_award_decision_must_be_on_file() -> None:
    assert rule(without_fact(SCOPE, "award_decision"), "F-01").result is Result.UNKNOWN


@pytest.mark.parametrize(
    ("award", "result"),
    [(date(2026, 11, 21), Result.PASS), (date(2026, 11, 22), Result.FAIL)],
)
def test_nothing_is_called_off_before_the_award(award: date, result: Result) -> None:
    assert rule(with_framework(award_date=award), "F-01").result is result


@pytest.mark.parametrize(
    ("moment", "result"),
    [
        (datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC), Result.FAIL),
        (datetime(2025, 12, 31, 23, 0, 0, tzinfo=UTC), Result.PASS),
        (datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC), Result.PASS),
        (datetime(2027, 12, 31, 23, 0, 0, tzinfo=UTC), Result.FAIL),
    ],
)
def test_an_agreement_runs_from_its_first_to_its_last_second_in_berlin(
    moment: datetime, result: Result
) -> None:
    assert rule(at(moment), "F-02").result is result


def test_an_expired_agreement_is_refused_with_the_code_of_the_contract() -> None:
    assessment = assess(with_framework(valid_to=date(2026, 11, 20)))

    assert assessment.code == "framework_not_running"


@pytest.mark.parametrize(
    ("valid_to", "result"),
    [(date(2029, 12, 31), Result.PASS), (date(2030, 1, 1), Result.FAIL)],
)
def test_four_years_are_the_longest_term(valid_to: date, result: Result) -> None:
    assert rule(with_framework(valid_to=valid_to), "F-03").result is result


def test_a_longer_term_needs_a_reason_and_its_document() -> None:
    reasoned = with_framework(valid_to=date(2032, 1, 1), term_exception_reason="Abschreibung")

    assert rule(reasoned, "F-03").result is Result.UNKNOWN
    assert rule(with_fact(SCOPE, "term_exception", True, reasoned), "F-03").result is Result.PASS


@pytest.mark.parametrize(
    ("award_model", "party_rule", "listed", "rule_class", "result"),
    [
        ("intermediary", "all_members", False, RuleClass.INFO, Result.PASS),
        ("direct_call_off", "all_members", False, RuleClass.HARD, Result.PASS),
        ("direct_call_off", "listed", True, RuleClass.HARD, Result.PASS),
        ("direct_call_off", "listed", False, RuleClass.HARD, Result.FAIL),
        ("intermediary", "listed", False, RuleClass.HARD, Result.FAIL),
    ],
)
def test_only_parties_call_off(
    award_model: str, party_rule: str, listed: bool, rule_class: RuleClass, result: Result
) -> None:
    case = with_framework(award_model=award_model, party_rule=party_rule, listed=listed)

    verdict = rule(case, "F-04")

    assert (verdict.rule_class, verdict.result) == (rule_class, result)
    assert assess(case).code == ("not_a_party" if result is Result.FAIL else None)


def test_the_ceiling_in_value_holds_to_the_cent() -> None:
    enough = with_lot(called_off_value=Money.euros("3688.00"))
    short = with_lot(called_off_value=Money.euros("3688.01"))

    assert rule(enough, "F-05").result is Result.PASS
    assert rule(short, "F-05").result is Result.FAIL
    assert assess(short).code == "ceiling_reached"
    assert "C-23/20" in rule(short, "F-05").legal_basis


@pytest.mark.parametrize(("reserved", "result"), [(2, Result.PASS), (3, Result.FAIL)])
def test_the_ceiling_in_quantity_counts_reservations_of_others(
    reserved: int, result: Result
) -> None:
    case = with_lot(maximum_quantity=10, reserved_quantity=reserved)

    assert rule(case, "F-05").result is result


def test_at_placement_the_order_does_not_count_its_own_reservation_twice() -> None:
    full = with_lot(
        maximum_value=LINE.net,
        reserved_value=LINE.net,
        maximum_quantity=LINE.quantity,
        reserved_quantity=LINE.quantity,
    )

    assert rule(full, "F-05").result is Result.FAIL
    assert rule(with_order(full, reserved=True), "F-05").result is Result.PASS


def test_a_ceiling_lowered_below_what_is_reserved_refuses_placement() -> None:
    case = with_lot(maximum_value=LINE.net - Money(1), reserved_value=LINE.net)

    assert rule(with_order(case, reserved=True), "F-05").result is Result.FAIL


def test_every_lot_of_the_order_is_judged_on_its_own() -> None:
    second = replace(LOT, lot_id=12, number=2, maximum_value=Money(1))
    other = replace(LINE, sku="MON-27", lot=2, lot_id=12)

    case = with_order(lines=(LINE, other), lots=(LOT, second))

    assert rule(case, "F-05").result is Result.FAIL
    assert "Los 2" in rule(case, "F-05").text
    assert "Los 1" not in rule(case, "F-05").text


def test_a_lot_without_known_ceiling_has_no_room() -> None:
    assert rule(with_line(lot_id=99), "F-05").result is Result.FAIL


def test_only_articles_of_a_released_price_list_are_called_off() -> None:
    assert assess(with_line(price_list_version=None)).code == "article_not_orderable"
    assert rule(with_order(lines=()), "F-06").result is Result.FAIL


@pytest.mark.parametrize(
    "changes",
    [
        {"list_price": None},
        {"list_price": UnitPrice.euros("788.9999")},
        {"net": LINE.net + Money(1)},
    ],
)
def test_the_price_is_the_one_of_the_list(changes: dict[str, Any]) -> None:
    assessment = assess(with_line(**changes))

    assert assessment.code == "price_not_valid"
    assert assessment.outcome is Outcome.NOT_ELIGIBLE


def test_the_threshold_prints_a_hint_and_refuses_nothing() -> None:
    case = replace(GOOD, eu_threshold=LINE.net)

    assert rule(case, "O-05").result is Result.FAIL
    assert assess(case).outcome is Outcome.ELIGIBLE
    assert rule(replace(GOOD, eu_threshold=LINE.net + Money(1)), "O-05").result is Result.PASS


@pytest.mark.parametrize(
    ("day", "utility", "euros"),
    [
        (date(2025, 12, 31), False, 221_000),
        (date(2026, 1, 1), False, 216_000),
        (date(2026, 1, 1), True, 432_000),
        (date(2020, 1, 1), False, 221_000),
    ],
)
def test_thresholds_change_with_the_year(day: date, utility: bool, euros: int) -> None:
    assert eu_threshold(day, utility=utility)[0] == Money.euros(euros)


def test_without_an_agreement_only_the_chain_is_judged() -> None:
    assessment = assess(replace(GOOD, framework=None, order=None))

    assert assessment.outcome is Outcome.ELIGIBLE
    assert {result.id[0] for result in assessment.rules} == {"M", "K", "L"}
