"""Open call-offs whose conditions no longer hold, or hold again, by the facts of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.eligibility.assess_case import Question, assess_case
from app.eligibility.judging.case import Order
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import Assessment, Outcome, Phase, RuleResult
from app.frameworks.records import Framework
from app.kernel.legal_day import BERLIN, legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.rules import FINAL, State

NOON: Final = time(12)
OPEN: Final = tuple(state for state in State if state not in FINAL and state is not State.DRAFT)


@dataclass(frozen=True, slots=True)
class Affected:
    """One order that stands differently than in its last decision, and the rules that say why."""

    number: str
    member: str
    framework: str
    state: State
    net: Money
    before: Outcome
    now: Outcome
    reasons: tuple[RuleResult, ...]

    @property
    def better(self) -> bool:
        """It waited for evidence that is there now."""
        return self.now in PLACEABLE


PLACEABLE: Final = frozenset({Outcome.ELIGIBLE, Outcome.ELIGIBLE_WITH_CONDITION})


@dataclass(frozen=True, slots=True)
class AffectedOrders:
    """What stands differently, and how many open orders were looked at."""

    rows: tuple[Affected, ...]
    looked_at: int


def affected_call_offs(session: Session, on: date, now: datetime) -> AffectedOrders:
    """Judged as running orders: member, cooperative and chain, with the wording in force `on`.

    A day to come shows what expires until then. Stores nothing; what many orders share is judged
    once.
    """
    at = now if on == legal_day(now) else datetime.combine(on, NOON, BERLIN)
    found = session.execute(_OPEN).all()
    rows = tuple(affected for row in found if (affected := _judged(session, row, at)) is not None)
    return AffectedOrders(rows, len(found))


_OPEN: Final = (
    select(
        CallOff.number,
        CallOff.member_id,
        CallOff.framework_id,
        CallOff.unit_id,
        CallOff.state,
        CallOff.net,
        CallOff.promised_date,
        Member.name.label("member"),
        Framework.number.label("framework"),
        EligibilityDecision.outcome,
    )
    .join(Member, Member.id == CallOff.member_id)
    .join(Framework, Framework.id == CallOff.framework_id)
    .join(
        EligibilityDecision,
        EligibilityDecision.id
        == func.coalesce(CallOff.placement_decision_id, CallOff.submission_decision_id),
    )
    .where(CallOff.state.in_(OPEN))
    .order_by(Member.name, CallOff.id)
)


def _judged(session: Session, row: Any, at: datetime) -> Affected | None:
    order = Order((), (), expected_delivery=row.promised_date, unit_id=row.unit_id)
    question = Question(row.member_id, at, Phase.RUNNING, row.framework_id, order)
    assessment = assess_case(session, question).assessment
    before = Outcome(row.outcome)
    if not _differs(before, assessment):
        return None
    return Affected(
        row.number,
        row.member,
        row.framework,
        row.state,
        row.net,
        before,
        assessment.outcome,
        assessment.deciding,
    )


def _differs(before: Outcome, assessment: Assessment) -> bool:
    """A condition that was noted at placement may be gone now: that is no news."""
    if assessment.may_place != (before in PLACEABLE):
        return True
    return before is Outcome.ELIGIBLE and assessment.outcome is Outcome.ELIGIBLE_WITH_CONDITION
