"""The judgement: every rule over one case. Pure, so that it can be repeated years later."""

from dataclasses import dataclass
from typing import Final

from app.eligibility.judging.activity_test import activity_test
from app.eligibility.judging.case import COOPERATIVE, OPERATING_COMPANY, Case
from app.eligibility.judging.chain import chain_rules, link_scope
from app.eligibility.judging.cooperative_rules import cooperative_rules
from app.eligibility.judging.facts import Evidence, FactBook
from app.eligibility.judging.framework_rules import agreement_rules, call_off_rules
from app.eligibility.judging.inquiry import Inquiry
from app.eligibility.judging.member_rules import member_rules, order_of_member_rules, standing_notes
from app.eligibility.judging.rule_table import ENGINE_VERSION
from app.eligibility.rules import Assessment, RuleResult, worst_outcome
from app.kernel.legal_day import legal_day

NO_FACTS: Final = Evidence()
FIRST_WITHOUT_EARLY_DOCUMENTS: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Results that no order changes: about the member, and about everything below it."""

    member: tuple[RuleResult, ...]
    common: tuple[RuleResult, ...]

    @property
    def rules(self) -> tuple[RuleResult, ...]:
        return (*self.member, *self.common)


def assess(
    case: Case, standing: Standing | None = None, engine: str = ENGINE_VERSION
) -> Assessment:
    """All rules, never only the first that fails: a refusal names every reason at once.

    `standing` are the results of `standing_rules` over the same facts, where they are at hand.
    `engine` repeats what an earlier version judged; KeyError for one that never was.
    """
    if standing is None:
        standing = standing_rules(case, engine)
    # The rules about the order itself rest on records only: no fact has to be looked up again.
    day = legal_day(case.reference)
    inquiry = Inquiry(case, day, FactBook(NO_FACTS, day), engine)
    rules = [*standing.member, *order_of_member_rules(inquiry), *standing.common]
    if case.framework is not None:
        rules.extend(call_off_rules(inquiry, case.framework))
    return Assessment(worst_outcome(rules), tuple(rules))


def standing_rules(case: Case, engine: str = ENGINE_VERSION) -> Standing:
    """Everything about member, cooperative, company, chain and agreement, whatever is ordered."""
    inquiry = inquiry_of(case, engine)
    agreement = [] if case.framework is None else agreement_rules(inquiry, case.framework)
    return Standing(
        tuple(member_rules(inquiry)),
        (
            *standing_notes(inquiry),
            *cooperative_rules(inquiry),
            activity_test(inquiry),
            *chain_rules(inquiry),
            *agreement,
        ),
    )


def inquiry_of(case: Case, engine: str = ENGINE_VERSION) -> Inquiry:
    """The case on its legal day, which is the calendar of Berlin."""
    day = legal_day(case.reference)
    early = int(engine) < FIRST_WITHOUT_EARLY_DOCUMENTS
    book = FactBook(case.evidence, day, case.grace_days, early_documents=early)
    return Inquiry(case, day, book, engine)


def chain_of(case: Case) -> tuple[str, ...]:
    """Who orders from whom, by name: member, cooperative, company, partner network, agreement."""
    book = inquiry_of(case).facts
    links = [
        case.member.name,
        book.text(COOPERATIVE, "name", "Genossenschaft"),
        book.text(OPERATING_COMPANY, "name", "Betriebsgesellschaft"),
    ]
    if case.framework is not None:
        network = case.framework.chain_link
        if network is not None:
            links.append(book.text(link_scope(network), "name", "Partnernetzwerk"))
        links.append(f"Rahmenvertrag {case.framework.number}")
    return tuple(links)
