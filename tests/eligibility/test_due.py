from dataclasses import replace
from datetime import date

from app.eligibility.evidence.due import due_facts, last_day
from app.eligibility.evidence.given import Bundle, GivenDocument, GivenFact
from app.eligibility.evidence.standard_facts import standard_framework, standard_network
from app.eligibility.judging.facts import Document, Fact
from app.kernel.month import months_after
from tests.eligibility.cases import EVIDENCE, evidence_of
from tests.support.clock import TODAY

OPINION = Document(1, "legal_opinion", "Stellungnahme", date(2025, 2, 28), "a" * 64, TODAY)
FACT = Fact(1, "cooperative", "joint_decisive_influence", True, date(2025, 2, 28), document=1)


def test_months_end_with_the_last_day_of_a_shorter_month() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 21), -14) == date(2025, 9, 21)


def test_the_earliest_of_all_last_days_counts() -> None:
    assert last_day(FACT, OPINION) == date(2027, 2, 28)
    assert last_day(replace(FACT, valid_to=date(2026, 12, 1)), OPINION) == date(2026, 12, 1)
    early = replace(OPINION, review_due=date(2026, 1, 1))
    assert last_day(replace(FACT, valid_to=date(2026, 12, 1)), early) == date(2026, 1, 1)


def test_only_the_newest_fact_of_a_kind_can_be_due() -> None:
    assert due_facts(EVIDENCE, TODAY) == ()

    later = due_facts(EVIDENCE, date(2028, 9, 1))

    assert {item.fact.key for item in later} == {
        "joint_decisive_influence",
        "organs_represent_all_members",
        "independent_organ_members",
        "no_contrary_interests",
        "no_direct_private_capital",
        "l2_legal_basis",
    }
    assert not any(item.expired for item in later)
    assert all(item.expired for item in due_facts(EVIDENCE, date(2028, 9, 22)))


def test_evidence_about_a_company_lasts_a_year() -> None:
    dated = date(2026, 9, 21)
    paper = GivenDocument(
        "list",
        "member_register",
        "Gesellschafterliste",
        dated,
        dated,
        b"",
        "application/pdf",
        "l.pdf",
    )
    held = GivenFact("member", "rz", "no_private_shareholders_or_members", True, dated, ref="list")
    evidence, _ = evidence_of(Bundle((paper,), (held,)))

    (item,) = due_facts(evidence, date(2027, 9, 1))

    assert item.day == date(2027, 9, 21)
    assert (item.scope_type, item.scope_key) == ("member", "rz")


def test_awards_and_networks_have_no_last_day() -> None:
    award, _ = evidence_of(standard_framework("RV-1", TODAY, exception=True))
    network, _ = evidence_of(standard_network("verbund", "Verbund", TODAY))

    assert {fact.key for fact in award.facts} == {"award_decision", "term_exception"}
    assert {fact.key for fact in network.facts} == {"name", "active"}
    assert due_facts(award, date(2040, 1, 1)) == due_facts(network, date(2040, 1, 1)) == ()
