"""One rule over all members: who breaks it, who lacks what, today or as of another day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eligibility.case_queries import framework_facts
from app.eligibility.judging.assess import assess, inquiry_of
from app.eligibility.judging.case import Case, MemberFacts, MemberRegister
from app.eligibility.judging.cooperative_rules import no_private_member
from app.eligibility.judging.rule_table import RULES
from app.eligibility.register.standing import cases_of_all
from app.eligibility.rules import RESULT_RANK, Result, RuleClass, RuleResult
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.kernel.german import fold
from app.kernel.legal_day import legal_day
from app.members.rules import BODY_KIND_LABELS, BodyKind

PURITY_RULE: Final = "K-05"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A member and the rule's result for it."""

    member: MemberFacts
    kind: str
    verdict: RuleResult


@dataclass(frozen=True, slots=True)
class RuleView:
    """The worst first; `shared` means that the result is the same for everybody."""

    rule_id: str
    title: str
    legal_basis: str
    rule_class: RuleClass
    rows: tuple[RuleRow, ...]
    shared: bool

    def counts(self) -> dict[str, int]:
        return {
            result.value: sum(row.verdict.result is result for row in self.rows)
            for result in reversed(Result)
        }


def rule_view(
    session: Session,
    rule_id: str,
    at: datetime,
    known: datetime | None = None,
    framework_number: str = "",
) -> RuleView:
    """Every member judged by this rule; NotFound for an unknown rule or agreement.

    Rules about an agreement need its number. K-05 is asked of each member alone, so that it
    names who breaks it for all others.
    """
    rule = RULES.get(rule_id)
    if rule is None:
        raise NotFound("Diese Regel gibt es nicht.")
    framework_id = _framework(session, framework_number)
    rows = [
        RuleRow(case.member, BODY_KIND_LABELS[BodyKind(case.member.kind)], verdict)
        for case in _cases(session, at, known, framework_id)
        for verdict in _verdicts(rule_id, case)
    ]
    rows.sort(key=lambda row: (-RESULT_RANK[row.verdict.result], fold(row.member.name)))
    texts = {(row.verdict.result, row.verdict.text) for row in rows}
    return RuleView(
        rule.id,
        rule.title,
        rule.legal_basis,
        rule.rule_class,
        tuple(rows),
        shared=len(rows) > 1 and len(texts) == 1,
    )


def _framework(session: Session, number: str) -> int | None:
    if not number:
        return None
    found = session.scalar(select(Framework.id).where(Framework.number == number))
    if found is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.")
    return found


def _cases(
    session: Session, at: datetime, known: datetime | None, framework_id: int | None
) -> Iterator[Case]:
    day = legal_day(at)
    for case, _ in cases_of_all(session, at, known):
        if framework_id is None:
            yield case
        else:
            found = framework_facts(session, framework_id, case.member, day)
            yield replace(case, framework=found)


def _verdicts(rule_id: str, case: Case) -> Iterator[RuleResult]:
    if rule_id == PURITY_RULE:
        yield _pure(case)
    else:
        yield from (rule for rule in assess(case).rules if rule.id == rule_id)


def _pure(case: Case) -> RuleResult:
    """K-05 over a register of this member alone."""
    own = tuple(entry for entry in case.register.doubtful if entry.key == case.member.key)
    alone = replace(case, register=MemberRegister(1, case.register.sha256, own))
    verdict = no_private_member(inquiry_of(alone))
    if verdict.result is not Result.PASS or verdict.conditional:
        return verdict
    text = (
        "Keine private Beteiligung; nachgewiesen."
        if own
        else "Die Rechtsform lässt keine private Beteiligung zu."
    )
    return replace(verdict, text=text)
