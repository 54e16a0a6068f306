"""The judgement: every rule over one case. Pure, so that it can be repeated years later."""

from app.eligibility.activity_test import activity_test
from app.eligibility.case import COOPERATIVE, OPERATING_COMPANY, Case
from app.eligibility.chain import chain_rules
from app.eligibility.cooperative_rules import cooperative_rules
from app.eligibility.facts import FactBook
from app.eligibility.framework_rules import framework_rules
from app.eligibility.inquiry import Inquiry
from app.eligibility.member_rules import member_rules
from app.eligibility.rules import Assessment, RuleResult, worst_outcome
from app.kernel.legal_day import legal_day


def assess(case: Case, standing: tuple[RuleResult, ...] | None = None) -> Assessment:
    """All rules, never only the first that fails: a refusal names every reason at once.

    `standing` are the results of `standing_rules` over the same facts, where they are at hand.
    """
    inquiry = inquiry_of(case)
    if standing is None:
        standing = standing_rules(case)
    rules = [*member_rules(inquiry), *standing]
    if case.framework is not None:
        rules.extend(framework_rules(inquiry, case.framework))
    return Assessment(worst_outcome(rules), tuple(rules))


def standing_rules(case: Case) -> tuple[RuleResult, ...]:
    """Everything about cooperative, company and chain: no order changes these results."""
    inquiry = inquiry_of(case)
    return (*cooperative_rules(inquiry), activity_test(inquiry), *chain_rules(inquiry))


def inquiry_of(case: Case) -> Inquiry:
    """The case on its legal day, which is the calendar of Berlin."""
    day = legal_day(case.reference)
    return Inquiry(case, day, FactBook(case.evidence, day, case.grace_days))


def chain_of(case: Case) -> tuple[str, ...]:
    """Who orders from whom, by name: member, cooperative, operating company, agreement."""
    book = inquiry_of(case).facts
    links = [
        case.member.name,
        book.text(COOPERATIVE, "name", "Genossenschaft"),
        book.text(OPERATING_COMPANY, "name", "Betriebsgesellschaft"),
    ]
    if case.framework is not None:
        links.append(f"Rahmenvertrag {case.framework.number}")
    return tuple(links)
