from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import UnitFacts
from app.eligibility.rules import Outcome, Result
from tests.eligibility.cases import (
    GOOD,
    KEY,
    at,
    rule,
    with_documents,
    with_fact,
    with_member,
    with_membership,
    with_order,
    without_fact,
)

SCOPE = f"member:{KEY}"


def test_a_member_with_complete_evidence_may_call_off() -> None:
    assessment = assess(GOOD)

    assert assessment.outcome is Outcome.ELIGIBLE
    assert assessment.code is None
    assert assessment.deciding == ()
    assert len({result.id for result in assessment.rules}) == len(assessment.rules) == 30


@pytest.mark.parametrize(
    ("basis", "result"),
    [
        ("§ 99 Nr. 1 GWB", Result.PASS),
        ("§ 100 Abs. 1 Nr. 1 GWB", Result.PASS),
        ("none", Result.FAIL),
        (None, Result.UNKNOWN),
        (" ", Result.UNKNOWN),
    ],
)
def test_only_contracting_authorities_rely_on_an_in_house_award(
    basis: str | None, result: Result
) -> None:
    assert rule(with_member(basis=basis), "M-01").result is result


@pytest.mark.parametrize(
    ("moment", "result"),
    [
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), Result.PASS),
        (datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC), Result.FAIL),
    ],
)
def test_a_membership_ends_with_the_last_second_of_its_last_day_in_berlin(
    moment: datetime, result: Result
) -> None:
    case = at(moment, with_membership(effective_to=date(2026, 12, 31)))

    assert rule(case, "M-02").result is result


@pytest.mark.parametrize(
    ("moment", "result"),
    [
        (datetime(2024, 3, 31, 21, 59, 59, tzinfo=UTC), Result.FAIL),
        (datetime(2024, 3, 31, 22, 0, 0, tzinfo=UTC), Result.PASS),
    ],
)
def test_a_membership_begins_with_the_first_second_of_its_first_day_in_summer_time(
    moment: datetime, result: Result
) -> None:
    assert rule(at(moment), "M-02").result is result


def test_who_has_left_is_refused_with_the_code_of_the_contract() -> None:
    assessment = assess(with_membership(effective_to=date(2026, 11, 20)))

    assert assessment.outcome is Outcome.NOT_ELIGIBLE
    assert assessment.code == "membership_ended"
    assert "20.11.2026" in assessment.failed[0].text


def test_who_has_not_joined_yet_is_refused_as_not_eligible() -> None:
    assert assess(with_membership(effective_from=date(2027, 1, 1))).code == "not_eligible"


def test_who_never_joined_is_refused() -> None:
    assert rule(with_member(membership=None), "M-02").result is Result.FAIL


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"share_paid_on": date(2026, 11, 21)}, Result.PASS),
        ({"share_paid_on": date(2026, 11, 22)}, Result.FAIL),
        ({"share_paid_on": None}, Result.UNKNOWN),
        ({"votes": 0}, Result.FAIL),
        ({"votes": 3}, Result.PASS),
    ],
)
def test_membership_needs_a_paid_share_and_a_vote(changes: dict[str, Any], result: Result) -> None:
    assert rule(with_membership(**changes), "M-02").result is result


@pytest.mark.parametrize("key", ["council_resolution", "accession_declaration"])
def test_the_accession_needs_both_documents(key: str) -> None:
    verdict = rule(without_fact(SCOPE, key), "M-03")

    assert verdict.result is Result.UNKNOWN
    assert assess(without_fact(SCOPE, key)).outcome is Outcome.UNDETERMINED


def test_a_resolution_proved_by_another_kind_of_document_is_no_proof() -> None:
    verdict = rule(with_fact(SCOPE, "council_resolution", True), "M-03")

    assert verdict.result is Result.UNKNOWN


@pytest.mark.parametrize(
    ("last_day", "result"),
    [(date(2026, 11, 21), Result.PASS), (date(2026, 11, 20), Result.EXPIRED)],
)
def test_a_document_counts_on_its_last_day_and_not_after(last_day: date, result: Result) -> None:
    case = with_documents(kind="accession_declaration", valid_to=last_day)

    assert rule(case, "M-03").result is result


def test_grace_days_keep_an_expired_document_alive() -> None:
    case = with_documents(kind="accession_declaration", valid_to=date(2026, 11, 1))

    assert rule(replace(case, grace_days=19), "M-03").result is Result.EXPIRED
    assert rule(replace(case, grace_days=20), "M-03").result is Result.PASS


@pytest.mark.parametrize(
    ("unit", "result"),
    [
        (None, Result.PASS),
        (UnitFacts(5, "Eigenbetrieb Stadtpflege", "eigenbetrieb", False, 1), Result.PASS),
        (UnitFacts(6, "Stadtwerke GmbH", "eigengesellschaft", True, 1), Result.FAIL),
        (UnitFacts(7, "Amt einer anderen Stadt", "regiebetrieb", False, 2), Result.FAIL),
    ],
)
def test_an_own_legal_person_needs_its_own_membership(
    unit: UnitFacts | None, result: Result
) -> None:
    assert rule(replace(GOOD, unit=unit), "M-04").result is result


def test_delivery_after_leaving_is_a_condition() -> None:
    leaving = with_membership(effective_to=date(2026, 12, 31), notice_received_on=date(2026, 6, 1))

    soon = with_order(leaving, expected_delivery=date(2026, 12, 31))
    late = with_order(leaving, expected_delivery=date(2027, 1, 1))

    assert assess(soon).outcome is Outcome.ELIGIBLE
    assert assess(late).outcome is Outcome.ELIGIBLE_WITH_CONDITION
    assert assess(late).condition_rules == ("M-05",)


@pytest.mark.parametrize(("account", "year"), [("", 2026), ("11160", 2025), ("11160", 2027)])
def test_a_closed_budget_year_or_a_missing_account_is_a_condition(account: str, year: int) -> None:
    assessment = assess(with_order(product_account=account, budget_year=year))

    assert assessment.condition_rules == ("M-06",)


def test_a_utility_gets_a_note_and_nothing_else() -> None:
    case = with_member(kind="sektorenauftraggeber")

    assert rule(case, "M-07").result is Result.FAIL
    assert assess(case).outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize(("count", "result"), [(20, Result.FAIL), (21, Result.PASS)])
def test_the_supervisory_authority_matters_from_one_twentieth_on(
    count: int, result: Result
) -> None:
    case = with_fact(SCOPE, "members_at_accession", count)

    assert rule(case, "M-08").result is result
    assert assess(case).outcome is Outcome.ELIGIBLE


def test_a_company_is_a_legal_person_whatever_was_entered() -> None:
    case = replace(GOOD, unit=UnitFacts(6, "Stadtwerke GmbH", "eigengesellschaft", False, 1))

    assert rule(case, "M-04").result is Result.FAIL
    earlier = {said.id: said.result for said in assess(case, engine="2").rules}
    assert earlier["M-04"] is Result.PASS
