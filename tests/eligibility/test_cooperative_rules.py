from dataclasses import replace
from datetime import date

import pytest

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case, MemberRegister, RegisterEntry
from app.eligibility.judging.cooperative_rules import leaves_room_for_private_capital
from app.eligibility.judging.facts import Document
from app.eligibility.rules import Outcome, Result
from tests.eligibility.cases import (
    GOOD,
    rule,
    with_documents,
    with_fact,
    without_fact,
)
from tests.support.clock import TODAY

HARD_FACTS = [
    ("K-01", "cooperative", "is_legal_person"),
    ("K-01", "cooperative", "object_clause_covers_procurement"),
    ("K-02", "cooperative", "joint_decisive_influence"),
    ("K-02", "cooperative", "statutes_reserve_strategic_decisions"),
    ("K-03", "cooperative", "organs_represent_all_members"),
    ("K-04", "cooperative", "no_contrary_interests"),
    ("K-07", "operating_company", "no_direct_private_capital"),
    ("L2-02", "chain_link:operating", "active"),
]


@pytest.mark.parametrize(("rule_id", "scope", "key"), HARD_FACTS)
def test_a_contrary_fact_refuses_every_order(rule_id: str, scope: str, key: str) -> None:
    case = with_fact(scope, key, False)

    assert rule(case, rule_id).result is Result.FAIL
    assert assess(case).outcome is Outcome.NOT_ELIGIBLE
    assert assess(case).code == "not_eligible"


@pytest.mark.parametrize(("rule_id", "scope", "key"), HARD_FACTS)
def test_a_missing_fact_leaves_the_question_open(rule_id: str, scope: str, key: str) -> None:
    case = without_fact(scope, key)

    assert rule(case, rule_id).result is Result.UNKNOWN
    assert assess(case).outcome is Outcome.UNDETERMINED
    assert assess(case).code == "evidence_missing"


@pytest.mark.parametrize(("rule_id", "scope", "key"), HARD_FACTS)
def test_an_undocumented_fact_counts_for_nothing(rule_id: str, scope: str, key: str) -> None:
    case = with_fact(scope, key, True, without_fact(scope, key), document=None)
    bare = replace(case.evidence.facts[-1], document=None)
    case = replace(case, evidence=replace(case.evidence, facts=(*case.evidence.facts[:-1], bare)))

    assert rule(case, rule_id).result is Result.UNKNOWN


def test_an_overdue_review_of_the_opinion_expires_joint_control() -> None:
    assessment = assess(with_documents(kind="legal_opinion", review_due=date(2026, 11, 20)))

    assert assessment.outcome is Outcome.EVIDENCE_EXPIRED
    assert {result.id for result in assessment.failed} == {"K-02", "K-03", "K-04"}
    assert not assessment.may_place
    assert assessment.may_submit


@pytest.mark.parametrize(
    ("dated", "result"),
    [(date(2024, 11, 21), Result.PASS), (date(2024, 11, 20), Result.EXPIRED)],
)
def test_an_opinion_is_reviewed_within_24_months_whatever_is_noted_on_it(
    dated: date, result: Result
) -> None:
    case = with_documents(kind="legal_opinion", dated=dated, review_due=date(2030, 1, 1))

    assert rule(case, "K-02").result is result


def test_joint_control_needs_a_legal_opinion_not_just_any_paper() -> None:
    letter = Document(0, "audit_report", "Prüfbericht", TODAY, "b" * 64, TODAY)

    case = with_fact("cooperative", "joint_decisive_influence", True, document=letter)

    assert rule(case, "K-02").result is Result.UNKNOWN


def test_independent_members_of_organs_need_an_opinion_that_they_are_harmless() -> None:
    independent = with_fact("cooperative", "independent_organ_members", 2)
    harmless = with_fact("cooperative", "independent_organ_members_harmless", True, independent)
    harmful = with_fact("cooperative", "independent_organ_members_harmless", False, independent)

    assert rule(independent, "K-03").result is Result.FAIL
    assert rule(harmless, "K-03").result is Result.PASS
    assert rule(harmful, "K-03").result is Result.FAIL


def with_company(basis: str | None = "§ 99 Nr. 2 GWB", kind: str = "it_dienstleister") -> Case:
    entry = RegisterEntry("rz", "Rechenzentrum GmbH", kind, basis)
    return replace(GOOD, register=MemberRegister(112, "0" * 64, (entry,)))


def register_dated(day: date) -> Document:
    return Document(0, "member_register", "Gesellschafterliste", day, "c" * 64, day)


def test_one_private_member_breaks_the_orders_of_all_members() -> None:
    case = with_company(basis="none")

    assert assess(case).outcome is Outcome.NOT_ELIGIBLE
    assert "Rechenzentrum GmbH" in rule(case, "K-05").text
    assert "alle Mitglieder" in rule(case, "K-05").help


def test_a_company_without_evidence_leaves_the_question_open() -> None:
    assert rule(with_company(), "K-05").result is Result.UNKNOWN


def test_a_mixed_company_without_evidence_fails() -> None:
    assert rule(with_company(kind="beteiligungsgesellschaft"), "K-05").result is Result.FAIL


@pytest.mark.parametrize(
    ("dated", "result"),
    [(date(2025, 11, 21), Result.PASS), (date(2025, 11, 20), Result.EXPIRED)],
)
def test_evidence_about_a_company_is_not_older_than_twelve_months(
    dated: date, result: Result
) -> None:
    case = with_fact(
        "member:rz",
        "no_private_shareholders_or_members",
        True,
        with_company(),
        document=register_dated(dated),
    )

    assert rule(case, "K-05").result is result


def test_a_private_shareholder_fails_however_old_the_paper_is() -> None:
    case = with_fact(
        "member:rz",
        "no_private_shareholders_or_members",
        False,
        with_company(),
        document=register_dated(date(2020, 1, 1)),
    )

    assert rule(case, "K-05").result is Result.FAIL


def test_a_member_found_to_be_private_fails() -> None:
    assert rule(with_fact("member:rz", "is_private", True, with_company()), "K-05").result is (
        Result.FAIL
    )


def test_an_empty_register_proves_nothing() -> None:
    case = replace(GOOD, register=MemberRegister(0, "0" * 64))

    assert rule(case, "K-05").result is Result.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "name", "basis", "doubtful"),
    [
        ("kreisfreie_stadt", "Stadt Dessau-Roßlau", "§ 99 Nr. 1 GWB", False),
        ("verein", "Städtebund e. V.", "§ 99 Nr. 2 GWB", True),
        ("stiftung_privat", "Stiftung", "§ 99 Nr. 2 GWB", True),
        ("sektorenauftraggeber", "Verkehrsbetriebe GmbH & Co. KG", "§ 100 GWB", True),
        ("it_dienstleister", "Rechenzentrum GmbH", "§ 99 Nr. 2 GWB", True),
        ("zweckverband", "Zweckverband", None, True),
    ],
)
def test_companies_and_clubs_are_looked_at_whatever_their_kind(
    kind: str, name: str, basis: str | None, doubtful: bool
) -> None:
    assert leaves_room_for_private_capital(kind, name, basis) is doubtful
