from dataclasses import replace
from datetime import date

import pytest

from app.eligibility.judging.assess import assess, chain_of
from app.eligibility.judging.case import Case
from app.eligibility.judging.chain import BASES
from app.eligibility.judging.facts import Document, FactValue
from app.eligibility.judging.rule_sets import GWB_VERGBG, rule_set_on
from app.eligibility.rules import Outcome, Result, RuleClass
from tests.eligibility.cases import GOOD, rule, with_documents, with_fact, with_framework
from tests.support.clock import TODAY

LINK = "chain_link:operating"
NETWORK = "chain_link:verbund"


def memorandum() -> Document:
    return Document(0, "legal_memorandum", "Memorandum", TODAY, "e" * 64, TODAY)


def with_basis(basis: FactValue, case: Case = GOOD) -> Case:
    return with_fact(LINK, "l2_legal_basis", basis, case, memorandum())


def sisters(giver: tuple[str, ...], receiver: tuple[str, ...]) -> Case:
    case = with_basis("d")
    case = with_fact(LINK, "controllers_of_giver", giver, case)
    return with_fact(LINK, "controllers_of_receiver", receiver, case)


@pytest.mark.parametrize("basis", sorted(set(BASES) - {"d"}))
def test_each_basis_but_the_sister_stands_on_its_memorandum(basis: str) -> None:
    case = with_basis(basis)

    assert rule(case, "L2-01").result is Result.PASS
    assert BASES[basis] in rule(case, "L2-01").text
    assert assess(case).outcome is Outcome.ELIGIBLE


def test_an_unknown_basis_fails() -> None:
    assert rule(with_basis("f"), "L2-01").result is Result.FAIL


def test_an_overdue_memorandum_expires_the_link() -> None:
    case = with_documents(kind="legal_memorandum", review_due=date(2026, 11, 20))

    assert rule(case, "L2-01").result is Result.EXPIRED


def test_sisters_with_one_and_the_same_mother_pass() -> None:
    case = sisters(("Stadt A",), ("Stadt A",))

    assert rule(case, "L2-03").result is Result.PASS
    assert assess(case).outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize(
    ("giver", "receiver"),
    [
        (("Stadt A", "Stadt B"), ("Stadt A",)),
        (("Stadt A", "Stadt B"), ("Stadt A", "Stadt B")),
        (("Stadt A",), ("Stadt B",)),
    ],
)
def test_half_sisters_are_refused(giver: tuple[str, ...], receiver: tuple[str, ...]) -> None:
    case = sisters(giver, receiver)

    assert rule(case, "L2-03").result is Result.FAIL
    assert rule(case, "L2-01").result is Result.FAIL
    assert assess(case).outcome is Outcome.NOT_ELIGIBLE


def test_a_sister_without_known_controllers_stays_open() -> None:
    case = with_basis("d")

    assert rule(case, "L2-03").result is Result.UNKNOWN
    assert assess(case).outcome is Outcome.UNDETERMINED


def test_under_the_draft_law_half_sisters_are_a_condition() -> None:
    case = replace(sisters(("A", "B"), ("A",)), rule_set=GWB_VERGBG)

    assert rule(case, "L2-03").rule_class is RuleClass.SOFT
    assert assess(case).outcome is Outcome.ELIGIBLE_WITH_CONDITION
    assert assess(case).condition_rules == ("L2-03",)


def test_the_draft_law_is_never_chosen_by_a_day_of_this_century() -> None:
    assert rule_set_on(date(2099, 12, 31)).id == "GWB-108-2016"


def test_a_link_that_has_ended_refuses() -> None:
    case = with_fact(LINK, "active", True, valid_from=date(2026, 1, 1), valid_to=date(2026, 11, 20))

    assert rule(case, "L2-02").result is Result.FAIL


def network(case: Case = GOOD) -> Case:
    case = with_framework(case, chain_link="verbund")
    case = with_fact(NETWORK, "name", "Partnerverbund", case)
    return with_fact(NETWORK, "active", True, case)


def test_a_partner_network_without_an_opinion_is_a_condition() -> None:
    assessment = assess(network())

    assert assessment.outcome is Outcome.ELIGIBLE_WITH_CONDITION
    assert assessment.condition_rules == ("N-01",)
    assert "Partnerverbund" in assessment.conditions[0]
    assert assessment.may_place


@pytest.mark.parametrize(
    ("value", "review_due", "outcome"),
    [
        (True, None, Outcome.ELIGIBLE),
        (True, date(2026, 11, 20), Outcome.ELIGIBLE_WITH_CONDITION),
        (False, None, Outcome.ELIGIBLE_WITH_CONDITION),
    ],
)
def test_a_current_opinion_lifts_the_condition(
    value: bool, review_due: date | None, outcome: Outcome
) -> None:
    opinion = replace(memorandum(), kind="legal_opinion", review_due=review_due)

    case = with_fact(NETWORK, "control_opinion", value, network(), opinion)

    assert assess(case).outcome is outcome


def test_a_partner_network_without_proof_of_the_link_stays_open() -> None:
    assert assess(with_framework(chain_link="verbund")).outcome is Outcome.UNDETERMINED


def test_a_partner_network_stands_in_the_chain_by_its_name() -> None:
    case = with_fact("chain_link:partner", "name", "Partnernetzwerk Nord")

    assert chain_of(with_framework(case, chain_link="partner"))[-2:] == (
        "Partnernetzwerk Nord",
        "Rahmenvertrag RV-2026-01",
    )
