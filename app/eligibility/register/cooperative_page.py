"""The facts that concern all members: cooperative, operating company, links, turnover."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.eligibility.case_queries import register_on
from app.eligibility.evidence.counting import every_evidence, turnover_before
from app.eligibility.evidence.queries import facts_of_kind, turnover_rows
from app.eligibility.evidence.records import Turnover
from app.eligibility.evidence.vocabulary import SCOPE_WORDS
from app.eligibility.judging.activity_test import BODIES, ActivityFinding, activity_of
from app.eligibility.judging.assess import assess, inquiry_of
from app.eligibility.judging.case import COOPERATIVE, OPERATING_COMPANY, Case, MemberFacts
from app.eligibility.judging.inquiry import Inquiry
from app.eligibility.laws.queries import rule_set_in_force
from app.eligibility.register.stored_facts import StoredFact, stored_facts
from app.eligibility.rules import Phase, RuleResult
from app.kernel.legal_day import legal_day

NOBODY = MemberFacts(0, "", "", "", None)


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """One body or link with its facts."""

    title: str
    scope_type: str
    scope_key: str
    facts: tuple[StoredFact, ...]


@dataclass(frozen=True, slots=True)
class CooperativePage:
    """Rules that concern everybody, the activity test per body, and the facts behind them."""

    rules: tuple[RuleResult, ...]
    activity: tuple[tuple[str, ActivityFinding], ...]
    turnover: Sequence[Turnover]
    bodies: tuple[BodyFacts, ...]
    members: int

    @property
    def faults(self) -> tuple[RuleResult, ...]:
        return tuple(rule for rule in self.rules if not rule.met)


def cooperative_page(session: Session, now: datetime) -> CooperativePage:
    """Judged today, without any member."""
    case = _common_case(session, now)
    inquiry = inquiry_of(case)
    day = legal_day(now)
    bodies = []
    for scope_type in (COOPERATIVE, OPERATING_COMPANY, "chain_link"):
        for scope_key, rows in facts_of_kind(session, scope_type).items():
            facts = stored_facts(rows, day)
            name = next((item.value for item in facts if item.key == "name"), scope_key)
            title = f"{SCOPE_WORDS[scope_type]}: {name}" if name else SCOPE_WORDS[scope_type]
            bodies.append(BodyFacts(title, scope_type, scope_key, facts))
    return CooperativePage(
        rules=tuple(rule for rule in assess(case).rules if not rule.id.startswith("M-")),
        activity=_activity(inquiry),
        turnover=turnover_rows(session),
        bodies=tuple(bodies),
        members=case.register.count,
    )


def activity_today(session: Session, now: datetime) -> tuple[tuple[str, ActivityFinding], ...]:
    """The activity test of both bodies by name, as it stands now."""
    return _activity(inquiry_of(_common_case(session, now)))


def _activity(inquiry: Inquiry) -> tuple[tuple[str, ActivityFinding], ...]:
    return tuple(
        (inquiry.facts.text(body, "name", word), activity_of(inquiry, body))
        for body, word in BODIES.items()
    )


def _common_case(session: Session, now: datetime) -> Case:
    day = legal_day(now)
    evidence = every_evidence(session, day)
    turnover, statements = turnover_before(session, day.year)
    documents = {item.number: item for item in (*evidence.documents, *statements)}
    return Case(
        reference=now,
        phase=Phase.PREVIEW,
        rule_set=rule_set_in_force(session, day),
        member=NOBODY,
        register=register_on(session, day),
        evidence=replace(evidence, documents=tuple(documents.values())),
        turnover=turnover,
    )
