"""Approving that a placed order grows: a second person decides and the check is made again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.rules import Verdict
from app.budgets.rules import NoFunds
from app.database.tenant import Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.deciding.record_decision import Recorded, record_decision
from app.eligibility.rules import Phase
from app.kernel.legal_day import legal_day
from app.ordering.changing.apply_change import apply_change, record_applied
from app.ordering.changing.charge_change import charge_change
from app.ordering.changing.deciding import Deciding, deciding, judge_change, record_word
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep
from app.ordering.changing.steps_of_change import path_of_change
from app.ordering.changing.tell import (
    ask_for_change_approval,
    tell_asker,
    tell_desk_of_change,
)
from app.ordering.changing.trace import record_step
from app.ordering.price_lines import NOT_ORDERABLE
from app.ordering.record_refusal import Attempted, record_refusal
from app.ordering.records import CallOff
from app.ordering.rules import Side
from app.ordering.signing.conditions import check_acknowledged
from app.ordering.submission import Refused, reason_of
from app.ordering.trail_records import CallOffCheck
from app.ordering.wanted import Actor


def approve_change(  # noqa: PLR0913 - what the approver saw and says
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    position: int,
    now: datetime,
    *,
    acknowledged: Collection[str] = (),
) -> CallOffChange | Refused:
    """Raises NotAllowed, ConditionNotAcknowledged, IllegalStep. A check that fails is on record."""
    over = deciding(session, actor, number, tenant, position, now)
    found, change = over.found, over.change
    if _is_not_last(session, over):
        return _sign(session, actor, over, now, tuple(acknowledged))
    assessed = judge_change(session, over, now)
    assessment = assessed.assessment
    check_acknowledged(assessment, acknowledged)
    recorded = record_decision(session, assessed, now, actor.name)
    _check(session, found, recorded, now)
    refused = _refusal(session, actor, over, recorded, assessed, now)
    if refused is not None:
        quantities = {item.sku: item.pieces for item in change.items if item.sku}
        attempted = Attempted(over.member, actor, over.value, quantities, number)
        record_refusal(session, attempted, recorded, refused.code, reason_of(refused), now)
        return refused
    record_word(session, over, Verdict.APPROVED, now, acknowledged=tuple(acknowledged))
    change.applying_decision_id = recorded.id
    change.approved_by = actor.person_id
    change.self_approval_evidence_id = over.mandate.exception_evidence_id
    apply_change(session, actor, found, change, Side.APPROVER, now)
    tell_asker(session, found, change, change.steps[-1].reason, now)
    tell_desk_of_change(session, found, change, now)
    record_step(session, found, change, actor.name, now, {"decision": recorded.sha256})
    record_applied(session, actor, found, change, Side.APPROVER, now)
    return change


def _is_not_last(session: Session, over: Deciding) -> bool:
    path = path_of_change(session, over.found, over.change)
    step_id = over.mandate.step_id
    return path is not None and step_id is not None and not path.is_last(step_id)


def _sign(
    session: Session, actor: Actor, over: Deciding, now: datetime, acknowledged: tuple[str, ...]
) -> CallOffChange:
    """One signature of several: the wish goes on waiting, for those whose turn it is now."""
    found, change = over.found, over.change
    record_word(session, over, Verdict.APPROVED, now, acknowledged=acknowledged)
    change.take(ChangeStep.SIGN, actor.person_id, Side.APPROVER, now)
    ask_for_change_approval(session, found, change, now)
    record_step(session, found, change, actor.name, now)
    return change


def _refusal(
    session: Session,
    actor: Actor,
    over: Deciding,
    recorded: Recorded,
    assessed: Assessed,
    now: datetime,
) -> Refused | None:
    """By the rules, or because a budget with a hard limit has no room for more."""
    if not assessed.assessment.may_place:
        return Refused(assessed.assessment.code or NOT_ORDERABLE, recorded, assessed)
    moved = charge_change(session, over.found, over.change, actor.person_id, now)
    if isinstance(moved, NoFunds):
        return Refused(moved.code, recorded, assessed, no_funds=moved)
    return None


def _check(session: Session, found: CallOff, recorded: Recorded, now: datetime) -> None:
    """So that the order's page and its file know the decision."""
    session.add(
        CallOffCheck(
            call_off_id=found.id,
            member_id=found.member_id,
            decision_id=recorded.id,
            phase=Phase.PLACEMENT,
            on=legal_day(now),
            at=now,
        )
    )
