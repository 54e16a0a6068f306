"""Properties over every kind of fact at once: missing, adverse, contradictory, from the future."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case, FourEyes, LotOutlook, MarketCheck, UnitFacts
from app.eligibility.judging.facts import Document, Evidence, Fact, FactValue
from app.eligibility.judging.rule_sets import GWB_VERGBG
from app.eligibility.judging.snapshot import GENESIS, Recording, decision_text, exported, sealed
from app.eligibility.judging.verify_decision import verify_decision
from app.eligibility.rules import (
    CODES,
    OUTCOME_RANK,
    OUTCOME_WORDS,
    RESULT_WORDS,
    Outcome,
    Phase,
    Result,
    RuleClass,
)
from app.kernel.money import Money
from tests.eligibility.cases import GOOD, KEY, rule, with_fact
from tests.support.clock import NOON, TODAY

# What would have to be false, or wrong, for every statement that a rule asks for.
ADVERSE: Final[dict[tuple[str, str], FactValue]] = {
    ("cooperative", "is_legal_person"): False,
    ("cooperative", "object_clause_covers_procurement"): False,
    ("cooperative", "joint_decisive_influence"): False,
    ("cooperative", "statutes_reserve_strategic_decisions"): "",
    ("cooperative", "organs_represent_all_members"): False,
    ("cooperative", "no_contrary_interests"): False,
    ("cooperative", "projection_share"): 8000,
    ("operating_company", "no_direct_private_capital"): False,
    ("operating_company", "projection_share"): 0,
    ("chain_link:operating", "active"): False,
    ("chain_link:operating", "l2_legal_basis"): "z",
    ("chain_link:operating", "controllers_of_giver"): ("A", "B"),
    ("chain_link:partner", "active"): False,
    ("chain_link:partner", "control_opinion"): False,
    (f"member:{KEY}", "council_resolution"): False,
    (f"member:{KEY}", "accession_declaration"): False,
    (f"member:{KEY}", "members_at_accession"): 20,
    ("framework:RV-2026-01", "award_decision"): False,
    ("framework:RV-2026-01", "term_exception"): False,
}
VALUES: Final[tuple[FactValue, ...]] = (
    True,
    False,
    0,
    1,
    8450,
    "a",
    "c",
    "d",
    "",
    (),
    ("A",),
    ("A", "B"),
    "§ 5",
)
KINDS: Final = ("legal_opinion", "legal_memorandum", "statutes", "council_resolution", "other")
days = st.dates(TODAY - timedelta(days=1200), TODAY + timedelta(days=400))
last_days = st.none() | days


@st.composite
def histories(draw: st.DrawFn) -> Evidence:
    """Some of the good facts and any number of others, with papers of any kind and date."""
    kept = draw(st.sampled_from((1, 2, 3, 7)))
    facts = [one for one in GOOD.evidence.facts if one.number % kept or kept == 1]
    documents = list(GOOD.evidence.documents)
    for number in range(1000, 1000 + draw(st.integers(0, 4))):
        scope, key = draw(st.sampled_from(list(ADVERSE)))
        dated = draw(days)
        documents.append(
            Document(
                number,
                draw(st.sampled_from(KINDS)),
                "Papier",
                dated,
                "a" * 64,
                dated,
                draw(last_days),
                draw(last_days),
            )
        )
        proof = draw(st.sampled_from((None, number, documents[0].number)))
        value, begins = draw(st.sampled_from(VALUES)), draw(days)
        facts.append(Fact(number, scope, key, value, begins, draw(last_days), None, proof))
    return Evidence(tuple(facts), tuple(documents))


amounts = st.sampled_from([Money(0), Money(1), Money.euros(5000), Money.euros(300_000)])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any member, unit, agreement, order and phase over any history of facts."""

    def one_of(*values: Any) -> Any:
        return draw(st.sampled_from(values))

    good = GOOD
    held, agreement, order = good.member.membership, good.framework, good.order
    assert held is not None
    assert agreement is not None
    assert order is not None
    member = replace(
        good.member,
        basis=one_of("§ 99 Nr. 1 GWB", None, "", "keine"),
        kind=one_of("kreisfreie_stadt", "sektorenauftraggeber", "verein"),
        membership=one_of(
            held,
            None,
            replace(held, effective_to=draw(days), notice_received_on=draw(days)),
            replace(held, effective_from=draw(days), share_paid_on=draw(last_days), votes=0),
        ),
    )
    framework = replace(
        agreement,
        award_model=one_of("intermediary", "direct_call_off"),
        party_rule=one_of("all_members", "listed"),
        notice_id=one_of("1-2025", None),
        award_date=draw(last_days),
        valid_to=draw(days),
        chain_link=one_of(None, "partner"),
        call_off_mode=one_of("direct", "cascade", "mini_competition"),
        outlooks=one_of((), (LotOutlook(1, "used_up"),), (LotOutlook(1, "lasts", draw(days)),)),
    )
    line = replace(
        order.lines[0],
        price_list_version=one_of("1", None),
        list_price=one_of(order.lines[0].list_price, None),
        net=draw(amounts),
        reverse_charge=one_of(None, True),
    )
    wanted = replace(
        order,
        lines=one_of((line,), ()),
        lots=one_of(order.lots, ()),
        market=one_of(None, MarketCheck(draw(amounts), 1, one_of("", "Grund"))),
        four_eyes=one_of(
            None,
            FourEyes("person:1", one_of("person:1", "person:2"), Money(1), one_of(True, False)),
        ),
    )
    return replace(
        good,
        phase=one_of(*Phase),
        rule_set=one_of(good.rule_set, GWB_VERGBG),
        member=member,
        unit=one_of(
            None,
            UnitFacts(5, "Stadtpflege", "eigenbetrieb", False, 1),
            UnitFacts(6, "Stadtwerke GmbH", "eigengesellschaft", True, 1),
            UnitFacts(7, "Amt", "regiebetrieb", False, 99),
        ),
        turnover=one_of(good.turnover, (), good.turnover[:2], good.turnover[::2]),
        evidence=draw(histories()),
        framework=one_of(framework, None),
        order=one_of(wanted, None),
    )


@settings(max_examples=250)
@given(case=cases())
def test_every_outcome_is_that_of_its_worst_rule_and_explains_itself(case: Case) -> None:
    assessment = assess(case)

    assert assessment.outcome is max(
        (said.outcome for said in assessment.rules), key=OUTCOME_RANK.__getitem__
    )
    assert len({said.id for said in assessment.rules}) == len(assessment.rules)
    for said in assessment.rules:
        assert said.title, said.id
        assert said.legal_basis, said.id
        assert said.text.strip().endswith((".", "!", ")")) or said.text, said.id
        assert said.text[0].isupper() or said.text[0].isdigit() or said.text[0] == "§", said.text
        if said.rule_class is RuleClass.HARD and said.result is not Result.PASS:
            assert said.help, said.id
    if assessment.outcome is Outcome.NOT_ELIGIBLE:
        assert assessment.code in CODES
        assert assessment.failed
    if assessment.outcome is not Outcome.ELIGIBLE:
        assert assessment.deciding
    assert OUTCOME_WORDS[assessment.outcome] in decision_text(case, assessment)


@settings(max_examples=250)
@given(case=cases(), about=st.sampled_from(list(ADVERSE)), begins=days, proof=st.booleans())
def test_a_failing_fact_never_improves_an_outcome(
    case: Case, about: tuple[str, str], begins: date, proof: bool
) -> None:
    scope, key = about
    number = case.evidence.documents[0].number if proof else None
    failing = Fact(9999, scope, key, ADVERSE[about], begins, document=number)
    known = case.evidence

    worse = assess(replace(case, evidence=replace(known, facts=(*known.facts, failing))))

    assert OUTCOME_RANK[worse.outcome] >= OUTCOME_RANK[assess(case).outcome]


@settings(max_examples=60)
@given(case=cases())
def test_any_decision_on_record_proves_itself(case: Case) -> None:
    case = replace(case, rule_set=GOOD.rule_set)
    recording = Recording("6e0f2a52-0000-4000-8000-000000000001", 1, GENESIS, NOON)

    proof = verify_decision(exported(*sealed(case, assess(case), recording)))

    assert proof.differences == ()


K04: Final = ("cooperative", "no_contrary_interests")


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [(True, False, Result.FAIL), (False, True, Result.PASS)],
    ids=["withdrawn the same day", "corrected the same day"],
)
def test_of_two_facts_of_one_day_the_later_entry_holds(
    first: bool, second: bool, result: Result
) -> None:
    case = with_fact(*K04, second, with_fact(*K04, first))

    assert rule(case, "K-04").result is result


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"valid_from": TODAY + timedelta(days=1)}, Result.PASS),
        ({"valid_from": TODAY}, Result.FAIL),
        ({"valid_from": TODAY - timedelta(days=9), "valid_to": TODAY}, Result.PASS),
    ],
    ids=["begins tomorrow", "begins today", "older than the good one"],
)
def test_a_contradiction_counts_from_its_day_and_with_its_proof(
    changes: dict[str, Any], result: Result
) -> None:
    newest = max(one.valid_from for one in GOOD.evidence.facts if one.key == K04[1])
    if changes.get("valid_to"):
        changes = {**changes, "valid_from": newest - timedelta(days=1)}

    assert rule(with_fact(*K04, False, **changes), "K-04").result is result


def test_a_document_of_tomorrow_proves_nothing_today_but_did_for_earlier_engines() -> None:
    tomorrow = TODAY + timedelta(days=1)
    paper = Document(0, "legal_opinion", "Neu", tomorrow, "a" * 64, tomorrow)
    only = replace(
        GOOD,
        evidence=replace(
            GOOD.evidence, facts=tuple(one for one in GOOD.evidence.facts if one.key != K04[1])
        ),
    )
    case = with_fact(*K04, True, only, document=paper)

    assert rule(case, "K-04").result is Result.UNKNOWN
    earlier = {said.id: said.result for said in assess(case, engine="2").rules}
    assert earlier["K-04"] is Result.PASS
    assert "F-09" not in earlier


def test_every_result_has_a_german_word() -> None:
    assert set(RESULT_WORDS) == set(Result)
    assert set(OUTCOME_WORDS) == set(Outcome)
