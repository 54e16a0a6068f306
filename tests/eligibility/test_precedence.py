from dataclasses import replace
from datetime import date
from itertools import product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case
from app.eligibility.judging.facts import Document, Evidence, Fact
from app.eligibility.rules import (
    CODES,
    OUTCOME_OF,
    OUTCOME_RANK,
    Assessment,
    Outcome,
    Result,
    RuleClass,
    RuleResult,
    worst_outcome,
    worst_result,
)
from tests.eligibility.cases import GOOD, KEY
from tests.support.clock import TODAY

TABLE: Final = [
    (RuleClass.HARD, Result.FAIL, Outcome.NOT_ELIGIBLE),
    (RuleClass.HARD, Result.UNKNOWN, Outcome.UNDETERMINED),
    (RuleClass.HARD, Result.EXPIRED, Outcome.EVIDENCE_EXPIRED),
    (RuleClass.HARD, Result.PASS, Outcome.ELIGIBLE),
    (RuleClass.SOFT, Result.FAIL, Outcome.ELIGIBLE_WITH_CONDITION),
    (RuleClass.SOFT, Result.UNKNOWN, Outcome.ELIGIBLE_WITH_CONDITION),
    (RuleClass.SOFT, Result.EXPIRED, Outcome.ELIGIBLE_WITH_CONDITION),
    (RuleClass.SOFT, Result.PASS, Outcome.ELIGIBLE),
    (RuleClass.INFO, Result.FAIL, Outcome.ELIGIBLE),
    (RuleClass.INFO, Result.UNKNOWN, Outcome.ELIGIBLE),
    (RuleClass.INFO, Result.EXPIRED, Outcome.ELIGIBLE),
    (RuleClass.INFO, Result.PASS, Outcome.ELIGIBLE),
]
WORST_FIRST: Final = [
    Outcome.NOT_ELIGIBLE,
    Outcome.UNDETERMINED,
    Outcome.EVIDENCE_EXPIRED,
    Outcome.ELIGIBLE_WITH_CONDITION,
    Outcome.ELIGIBLE,
]


def judged(rule_class: RuleClass, result: Result, code: str | None = None) -> RuleResult:
    return RuleResult("X-01", rule_class, result, "Regel", "§ 108 GWB", "Satz.", code=code)


def test_the_table_of_the_rule_book_is_complete() -> None:
    assert {(row[0], row[1]): row[2] for row in TABLE} == OUTCOME_OF
    assert set(OUTCOME_OF) == set(product(RuleClass, Result))


@pytest.mark.parametrize(("rule_class", "result", "outcome"), TABLE)
def test_each_class_and_result_leads_to_its_outcome(
    rule_class: RuleClass, result: Result, outcome: Outcome
) -> None:
    assert worst_outcome([judged(rule_class, result)]) is outcome


@pytest.mark.parametrize(("one", "other"), list(product(TABLE, TABLE)))
def test_the_worse_of_two_rules_decides(
    one: tuple[RuleClass, Result, Outcome], other: tuple[RuleClass, Result, Outcome]
) -> None:
    rules = [judged(one[0], one[1]), judged(other[0], other[1])]

    assert worst_outcome(rules) is min(one[2], other[2], key=WORST_FIRST.index)


def test_a_passed_rule_may_carry_a_condition() -> None:
    conditional = replace(judged(RuleClass.HARD, Result.PASS), conditional=True)

    assert worst_outcome([conditional]) is Outcome.ELIGIBLE_WITH_CONDITION


def test_nothing_judged_is_nothing_decided() -> None:
    assert worst_outcome([]) is Outcome.UNDETERMINED
    assert worst_result([]) is Result.PASS


@pytest.mark.parametrize(
    ("outcome", "submit", "place", "evidence"),
    [
        (Outcome.ELIGIBLE, True, True, False),
        (Outcome.ELIGIBLE_WITH_CONDITION, True, True, False),
        (Outcome.EVIDENCE_EXPIRED, True, False, True),
        (Outcome.UNDETERMINED, True, False, True),
        (Outcome.NOT_ELIGIBLE, False, False, False),
    ],
)
def test_what_each_outcome_allows(
    outcome: Outcome, submit: bool, place: bool, evidence: bool
) -> None:
    assessment = Assessment(outcome, ())

    assert (assessment.may_submit, assessment.may_place, assessment.needs_evidence) == (
        submit,
        place,
        evidence,
    )


@pytest.mark.parametrize(("first", "second"), list(product(CODES, CODES)))
def test_a_refusal_has_the_code_that_no_other_article_would_mend(first: str, second: str) -> None:
    rules = tuple(judged(RuleClass.HARD, Result.FAIL, code) for code in (first, second))

    assert Assessment(Outcome.NOT_ELIGIBLE, rules).code == min(first, second, key=CODES.index)


ADVERSE: Final = [
    ("cooperative", "is_legal_person"),
    ("cooperative", "object_clause_covers_procurement"),
    ("cooperative", "joint_decisive_influence"),
    ("cooperative", "organs_represent_all_members"),
    ("cooperative", "no_contrary_interests"),
    ("operating_company", "no_direct_private_capital"),
    ("chain_link:operating", "active"),
    (f"member:{KEY}", "council_resolution"),
    (f"member:{KEY}", "accession_declaration"),
    ("framework:RV-2026-01", "award_decision"),
]
days = st.dates(TODAY.replace(year=2023), TODAY.replace(year=2028))
facts = st.builds(
    Fact,
    number=st.integers(1000, 9999),
    scope=st.just(""),
    key=st.just(""),
    value=st.booleans(),
    valid_from=days,
    valid_to=st.none() | days,
    review_due=st.none() | days,
    document=st.none() | st.sampled_from([item.number for item in GOOD.evidence.documents]),
)


def extended(case: Case, fact: Fact, about: tuple[str, str]) -> Case:
    named = replace(fact, scope=about[0], key=about[1])
    known: Evidence = case.evidence
    return replace(case, evidence=replace(known, facts=(*known.facts, named)))


@settings(max_examples=300)
@given(
    history=st.lists(st.tuples(facts, st.sampled_from(ADVERSE)), max_size=4),
    failing=facts,
    about=st.sampled_from(ADVERSE),
)
def test_adding_a_failing_fact_never_improves_an_outcome(
    history: list[tuple[Fact, tuple[str, str]]], failing: Fact, about: tuple[str, str]
) -> None:
    case = GOOD
    for fact, subject in history:
        case = extended(case, fact, subject)

    worse = extended(case, replace(failing, value=False, number=10_000), about)

    assert OUTCOME_RANK[assess(worse).outcome] >= OUTCOME_RANK[assess(case).outcome]


@settings(max_examples=100)
@given(review=st.none() | days, valid_to=st.none() | days)
def test_a_shorter_validity_never_improves_an_outcome(
    review: date | None, valid_to: date | None
) -> None:
    def shortened(document: Document) -> Document:
        return replace(document, review_due=review, valid_to=valid_to)

    known = GOOD.evidence
    case = replace(
        GOOD,
        evidence=replace(known, documents=tuple(shortened(item) for item in known.documents)),
    )

    assert assess(case).outcome in {Outcome.ELIGIBLE, Outcome.EVIDENCE_EXPIRED}
