"""The register: how every member stands on a day, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from app.eligibility.case_queries import every_member, register_on
from app.eligibility.evidence.counting import every_evidence, turnover_before
from app.eligibility.evidence.due import SOON, last_day
from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case, MemberFacts
from app.eligibility.judging.facts import Document, Evidence, Fact
from app.eligibility.laws.queries import rule_set_in_force
from app.eligibility.rules import OUTCOME_RANK, Assessment, Outcome, Phase, RuleResult
from app.kernel.german import fold
from app.kernel.legal_day import legal_day
from app.members.rules import BODY_KIND_LABELS, BodyKind


class Standing(StrEnum):
    """How urgent a member is; earlier in this list is more urgent."""

    BLOCKED = "gesperrt"
    EXPIRED = "abgelaufen"
    DUE = "faellig"
    FINE = "zulaessig"


STANDING_RANK: Final = {standing: rank for rank, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One body of the register; `reasons` are the member's own, not those of all members."""

    member: MemberFacts
    kind: str
    outcome: Outcome
    reasons: tuple[RuleResult, ...]
    due: date | None
    standing: Standing
    documents: int


@dataclass(frozen=True, slots=True)
class Register:
    """All rows, and what is wrong for everybody."""

    rows: tuple[RegisterRow, ...]
    common: tuple[RuleResult, ...]
    active: int

    def counts(self) -> dict[str, int]:
        return {
            standing.value: sum(row.standing is standing for row in self.rows)
            for standing in Standing
        }


def member_register(session: Session, at: datetime, known: datetime | None = None) -> Register:
    """Judge every member without an agreement; a handful of selects for all of them.

    About the day of `at`, by what was `known`.
    """
    day = legal_day(at)
    rows, common = [], {}
    active = 0
    for case, evidence in cases_of_all(session, at, known):
        active = case.register.count
        assessment = assess(case)
        common.update({rule.id: rule for rule in assessment.deciding if not _own(rule)})
        rows.append(_row(case.member, assessment, evidence, day))
    rows.sort(key=lambda row: _urgency(row, day))
    return Register(tuple(rows), tuple(common.values()), active)


def cases_of_all(
    session: Session, at: datetime, known: datetime | None = None
) -> Iterator[tuple[Case, "Shelf"]]:
    """One case per member, each with its own facts and those of everybody."""
    day = legal_day(at)
    active = register_on(session, day, known)
    turnover, statements = turnover_before(session, day.year, known)
    evidence = Shelf(every_evidence(session, day, known), statements)
    rule_set = rule_set_in_force(session, day)
    for member in every_member(session, day, known):
        case = Case(
            reference=at,
            phase=Phase.PREVIEW,
            rule_set=rule_set,
            member=member,
            register=active,
            evidence=evidence.about(member, *(entry.scope for entry in active.doubtful)),
            turnover=turnover,
        )
        yield case, evidence


class Shelf:
    """Facts by scope, so that no member's case carries those of the others."""

    def __init__(self, evidence: Evidence, statements: list[Document]) -> None:
        self.documents = {item.number: item for item in (*evidence.documents, *statements)}
        self._statements = tuple(item.number for item in statements)
        self._excuses = evidence.excuses
        self._of: dict[str, list[Fact]] = {}
        self._common: list[Fact] = []
        for fact in evidence.facts:
            if fact.scope.startswith("member:"):
                self._of.setdefault(fact.scope, []).append(fact)
            elif not fact.scope.startswith("framework:"):
                self._common.append(fact)

    def own(self, member: MemberFacts) -> list[Fact]:
        return self._of.get(member.scope, [])

    def about(self, member: MemberFacts, *others: str) -> Evidence:
        scopes = {member.scope, *others}
        facts = [*self._common, *(fact for scope in scopes for fact in self._of.get(scope, []))]
        numbers = {fact.document for fact in facts if fact.document} | set(self._statements)
        known = {fact.number for fact in facts}
        return Evidence(
            tuple(facts),
            tuple(self.documents[number] for number in sorted(numbers)),
            tuple(excuse for excuse in self._excuses if excuse.fact in known),
        )


def _own(rule: RuleResult) -> bool:
    return rule.id.startswith("M-")


def _row(member: MemberFacts, assessment: Assessment, shelf: Shelf, day: date) -> RegisterRow:
    facts = [fact for fact in shelf.own(member) if fact.document is not None]
    newest = {fact.key: fact for fact in facts}
    ends = [last_day(fact, shelf.documents[fact.document or 0]) for fact in newest.values()]
    held = member.membership
    if held is not None:
        ends.append(held.effective_to)
    due = min((end for end in ends if end is not None), default=None)
    return RegisterRow(
        member=member,
        kind=BODY_KIND_LABELS[BodyKind(member.kind)],
        outcome=assessment.outcome,
        reasons=tuple(rule for rule in assessment.deciding if _own(rule)),
        due=due,
        standing=_standing(assessment.outcome, due, day),
        documents=len({fact.document for fact in facts}),
    )


def _standing(outcome: Outcome, due: date | None, day: date) -> Standing:
    if outcome is Outcome.NOT_ELIGIBLE:
        return Standing.BLOCKED
    if outcome in {Outcome.UNDETERMINED, Outcome.EVIDENCE_EXPIRED}:
        return Standing.EXPIRED
    return Standing.DUE if due is not None and due <= day + SOON else Standing.FINE


def _urgency(row: RegisterRow, day: date) -> tuple[int, int, int, str]:
    return (
        STANDING_RANK[row.standing],
        -OUTCOME_RANK[row.outcome],
        ((row.due or date.max) - day).days,
        fold(row.member.name),
    )
