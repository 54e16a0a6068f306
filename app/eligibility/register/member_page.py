"""Everything that the register knows about one member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.eligibility.assess_case import Assessed
from app.eligibility.check_member import check_member
from app.eligibility.evidence.queries import facts_about
from app.eligibility.queries import decisions_of
from app.eligibility.records import EligibilityDecision
from app.eligibility.register.stored_facts import StoredFact, stored_facts
from app.eligibility.rules import RuleResult
from app.kernel.legal_day import legal_day
from app.members.rules import BODY_KIND_LABELS, BodyKind


@dataclass(frozen=True, slots=True)
class MemberPage:
    """The judgement of today, the member's own facts with their past, and its decisions."""

    assessed: Assessed
    kind: str
    facts: tuple[StoredFact, ...]
    decisions: Sequence[EligibilityDecision]

    @property
    def own_rules(self) -> tuple[RuleResult, ...]:
        return tuple(rule for rule in self.assessed.assessment.rules if rule.id.startswith("M-"))

    @property
    def common_faults(self) -> tuple[RuleResult, ...]:
        deciding = self.assessed.assessment.deciding
        return tuple(rule for rule in deciding if not rule.id.startswith("M-"))


def member_page(
    session: Session, member_key: str, now: datetime, known: datetime | None = None
) -> MemberPage:
    """As of `now`, by what was `known`; NotFound without such a member."""
    assessed = check_member(session, member_key, now, None, known)
    member = assessed.case.member
    return MemberPage(
        assessed=assessed,
        kind=BODY_KIND_LABELS[BodyKind(member.kind)],
        facts=stored_facts(
            facts_about(session, "member", member_key, known), legal_day(now), known
        ),
        decisions=decisions_of(session, EVERY_MEMBER, member.id),
    )
