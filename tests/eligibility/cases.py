"""Cases for the pure rules: one where everything holds, and ways to spoil it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from app.eligibility.evidence.counting import scope_of
from app.eligibility.evidence.given import Bundle, together
from app.eligibility.evidence.standard_facts import (
    Names,
    standard_facts,
    standard_framework,
    standard_member,
)
from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import (
    Case,
    FrameworkFacts,
    Line,
    LotRoom,
    MemberFacts,
    MemberRegister,
    MembershipFacts,
    Order,
    TurnoverYear,
)
from app.eligibility.judging.facts import Document, Evidence, Fact, FactValue
from app.eligibility.judging.rule_sets import rule_set_on
from app.eligibility.rules import Phase, RuleResult
from app.frameworks.procedures import land_thresholds
from app.kernel.canonical import sha256_hex
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from tests.support.clock import NOON, TODAY

KEY: Final = "15001000"
COUNCIL: Final = date(2024, 3, 13)
JOINED: Final = date(2024, 4, 1)
NUMBER: Final = "RV-2026-01"
PRICE: Final = UnitPrice.euros("789.00")

MEMBER: Final = MemberFacts(
    id=1,
    key=KEY,
    name="Stadt Dessau-Roßlau",
    kind="kreisfreie_stadt",
    basis="§ 99 Nr. 1 GWB",
    membership=MembershipFacts(JOINED, share_paid_on=JOINED, resolved_on=COUNCIL),
)
FRAMEWORK: Final = FrameworkFacts(
    id=7,
    number=NUMBER,
    title="Arbeitsplatz-Hardware",
    award_model="intermediary",
    party_rule="all_members",
    listed=False,
    contracting_entity="Rechenzentrum GmbH",
    supplier="Systemhaus Elbe GmbH",
    procedure_type="Offenes Verfahren",
    notice_id="210-2025",
    award_date=date(2025, 12, 1),
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 12, 31),
)
LOT: Final = LotRoom(11, 1, Money.euros("10000"), Money(0), Money(0))
LINE: Final = Line("NB-14", "Notebook 14 Zoll", 8, PRICE, Money.euros("6312"), 1, 11, "1", PRICE)
ORDER: Final = Order((LINE,), (LOT,), product_account="11160.0821050", budget_year=2026)


def evidence_of(bundle: Bundle) -> tuple[Evidence, tuple[TurnoverYear, ...]]:
    """A bundle as if it had been stored: documents and facts numbered in order."""
    numbers = {given.ref: number for number, given in enumerate(bundle.documents, 1)}
    documents = tuple(
        Document(
            numbers[given.ref],
            given.kind,
            given.title,
            given.dated,
            sha256_hex(given.content),
            given.valid_from,
            given.valid_to,
            given.review_due,
        )
        for given in bundle.documents
    )
    facts = tuple(
        Fact(
            number,
            scope_of(given.scope_type, given.scope_key),
            given.key,
            given.value,
            given.valid_from,
            given.valid_to,
            given.review_due,
            None if given.ref is None else numbers[given.ref],
        )
        for number, given in enumerate(bundle.facts, 1)
    )
    years = tuple(
        TurnoverYear(
            given.body,
            given.year,
            given.total,
            given.members,
            given.nonmembers_public,
            given.private,
            given.grants,
            given.consolidated,
            given.group_parent,
            numbers[given.ref],
        )
        for given in bundle.turnover
    )
    return Evidence(facts, documents), years


EVIDENCE, TURNOVER = evidence_of(
    together(
        [
            standard_facts(TODAY, Names("Einkauf eG", "Rechenzentrum GmbH", "rz")),
            standard_member(KEY, MEMBER.name, COUNCIL, JOINED),
            standard_framework(NUMBER, date(2025, 12, 1)),
        ]
    )
)

GOOD: Final = Case(
    reference=NOON,
    phase=Phase.SUBMISSION,
    rule_set=rule_set_on(TODAY),
    member=MEMBER,
    register=MemberRegister(112, "0" * 64),
    evidence=EVIDENCE,
    turnover=TURNOVER,
    framework=FRAMEWORK,
    order=ORDER,
    eu_threshold=Money.euros("216000"),
    thresholds_version="2026",
    land_thresholds=land_thresholds(TODAY),
)


def rule(case: Case, rule_id: str) -> RuleResult:
    """What one rule says about the case."""
    return next(result for result in assess(case).rules if result.id == rule_id)


def at(moment: datetime, case: Case = GOOD) -> Case:
    return replace(case, reference=moment)


def with_member(case: Case = GOOD, **changes: Any) -> Case:
    return replace(case, member=replace(case.member, **changes))


def with_membership(case: Case = GOOD, **changes: Any) -> Case:
    held = case.member.membership
    assert held is not None
    return with_member(case, membership=replace(held, **changes))


def with_framework(case: Case = GOOD, **changes: Any) -> Case:
    assert case.framework is not None
    return replace(case, framework=replace(case.framework, **changes))


def with_order(case: Case = GOOD, **changes: Any) -> Case:
    assert case.order is not None
    return replace(case, order=replace(case.order, **changes))


def with_line(case: Case = GOOD, **changes: Any) -> Case:
    return with_order(case, lines=(replace(LINE, **changes),))


def with_lot(case: Case = GOOD, **changes: Any) -> Case:
    return with_order(case, lots=(replace(LOT, **changes),))


def with_fact(
    scope: str,
    key: str,
    value: FactValue,
    case: Case = GOOD,
    document: Document | None = None,
    **changes: Any,
) -> Case:
    """The case with one more fact, newer than all others, with a document of its own."""
    documents, facts = case.evidence.documents, case.evidence.facts
    number = max(item.number for item in documents) + 1
    proof = document or Document(number, "legal_opinion", "Neu", TODAY, "a" * 64, TODAY)
    proof = replace(proof, number=number)
    fact = Fact(len(facts) + 1, scope, key, value, TODAY, document=number)
    return replace(
        case,
        evidence=Evidence((*facts, replace(fact, **changes)), (*documents, proof)),
    )


def without_fact(scope: str, key: str, case: Case = GOOD) -> Case:
    kept = tuple(fact for fact in case.evidence.facts if (fact.scope, fact.key) != (scope, key))
    assert len(kept) < len(case.evidence.facts)
    return replace(case, evidence=replace(case.evidence, facts=kept))


def with_documents(case: Case = GOOD, *, kind: str, **changes: Any) -> Case:
    """The case with every document of a kind changed."""
    documents = tuple(
        replace(document, **changes) if document.kind == kind else document
        for document in case.evidence.documents
    )
    return replace(case, evidence=replace(case.evidence, documents=documents))
