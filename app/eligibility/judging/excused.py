"""The exceptions that a judgement really rests on, for memo and decision."""

from dataclasses import dataclass

from app.eligibility.judging.case import Case
from app.eligibility.rules import Assessment
from app.eligibility.rules_override import Excuse
from app.kernel.legal_day import legal_day


@dataclass(frozen=True, slots=True)
class ExcusedRule:
    """A rule that passes only because two people let its expired evidence count."""

    rule_id: str
    title: str
    excuse: Excuse


def excuses_used(case: Case, assessment: Assessment) -> tuple[ExcusedRule, ...]:
    """One entry per rule and exception, in the order of the rules."""
    day = legal_day(case.reference)
    valid = {one.fact: one for one in case.evidence.excuses if one.holds_on(day)}
    return tuple(
        ExcusedRule(rule.id, rule.title, valid[fact])
        for rule in assessment.rules
        if rule.met and rule.conditional
        for fact in rule.facts
        if fact in valid
    )
