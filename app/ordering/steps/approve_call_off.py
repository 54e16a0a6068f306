"""Approving: a second person decides, the check is made again, and the order is placed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.accounts.claim_active_seconds import claim_active_seconds
from app.approvals.record_verdict import Mandate, Subject, record_verdict
from app.approvals.rules import Verdict
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.deciding.record_decision import Recorded, record_decision
from app.eligibility.rules import Assessment
from app.frameworks.drawing import draw
from app.frameworks.supplier_choice import NoSupplier
from app.kernel.legal_day import legal_day
from app.kernel.working_days import after_working_days
from app.members.queries import member_of
from app.members.records import Member
from app.ordering.act import check_side, check_version, draws, record_move
from app.ordering.judge import judge_again
from app.ordering.market.market_of_order import market_of_order
from app.ordering.memo.write_memo import write_memo
from app.ordering.note_time import note_time
from app.ordering.notify import tell_desk, tell_orderer
from app.ordering.price_lines import NOT_ORDERABLE
from app.ordering.queries import lock_call_off
from app.ordering.record_refusal import Attempted, record_refusal
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side, State
from app.ordering.signing.conditions import check_acknowledged
from app.ordering.signing.mandate import four_eyes_of, needed_mandate
from app.ordering.signing.sign_step import is_not_last, record_step, renew
from app.ordering.signing.version import value_of, version_sha256
from app.ordering.turns.next_supplier import keep_suppliers
from app.ordering.wanted import Actor

APPROVAL_STAGE: Final = "approval"


@dataclass(frozen=True, slots=True)
class Placed:
    """The order is placed; its memo is written."""

    call_off: CallOff
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class StepApproved:
    """One of several signatures is given; the order goes on to the next step."""

    call_off: CallOff
    words: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Not an error: the second check blocks; decision and approval stay on record."""

    code: str
    call_off: CallOff
    recorded: Recorded
    assessed: Assessed
    no_supplier: NoSupplier | None = None

    @property
    def assessment(self) -> Assessment:
        return self.assessed.assessment

    @property
    def text(self) -> str:
        """Why, in German."""
        if self.no_supplier is not None:
            return self.no_supplier.reason
        return " ".join(rule.text for rule in self.assessment.failed)


def approve_call_off(  # noqa: PLR0913 - what the approver saw and says
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    seen: int | None = None,
    acknowledged: Collection[str] = (),
) -> Placed | Blocked | StepApproved:
    """Raises NotAllowed where this person may not decide, ConditionNotAcknowledged, IllegalMove."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    check_side(found, Move.PLACE, Side.APPROVER)
    member = member_of(session, EVERY_MEMBER, found.member_id)
    renew(session, member, found, now)
    mandate = needed_mandate(session, member, found, actor, now)
    if is_not_last(session, found, mandate):
        _approve(session, member, found, mandate, acknowledged, now)
        _claim_time(session, member, found, actor, now)
        return StepApproved(found, record_step(session, member, found, actor, now))
    assessed = judge_again(
        session,
        found,
        now,
        four_eyes_of(member, found, mandate),
        market_of_order(session, found, now),
    )
    assessment = assessed.assessment
    check_acknowledged(assessment, acknowledged)
    recorded = record_decision(session, assessed, now, actor.name)
    _approve(session, member, found, mandate, acknowledged, now)
    _claim_time(session, member, found, actor, now)
    no_supplier = keep_suppliers(session, found, now) if assessment.may_place else None
    if no_supplier is not None or not assessment.may_place:
        refused = Blocked(assessment.code or NOT_ORDERABLE, found, recorded, assessed, no_supplier)
        return _block(session, actor, refused, now)
    _place(session, member, found, mandate, recorded, now)
    payload: dict[str, object] = {
        "decision": recorded.sha256,
        "memo": found.memo_json_sha256,
    }
    record_move(session, found, Move.PLACE, actor, Side.APPROVER, now, payload=payload)
    return Placed(found, recorded)


def _place(
    session: Session,
    member: Member,
    found: CallOff,
    mandate: Mandate,
    recorded: Recorded,
    now: datetime,
) -> None:
    draw.call_off(session, draws(found.lines), found.number, now)
    found.approved_by = mandate.person_id
    found.self_approval_evidence_id = mandate.exception_evidence_id
    found.placement_decision_id = recorded.id
    found.placed_at = now
    found.promised_date = _promised(found, now)
    memo = write_memo(session, found, member, recorded, now)
    found.memo_json_sha256, found.memo_pdf_sha256 = memo.json_sha256, memo.pdf_sha256
    tell_desk(session, found, now)
    tell_orderer(session, found, f"Ihr Abruf {found.number} ist genehmigt und beauftragt.", now)


def _promised(found: CallOff, now: datetime) -> date:
    slowest = max(line.delivery_days for line in found.lines)
    return after_working_days(legal_day(now), slowest)


def _approve(
    session: Session,
    member: Member,
    found: CallOff,
    mandate: Mandate,
    acknowledged: Collection[str],
    now: datetime,
) -> None:
    subject = Subject(
        member_id=member.id,
        number=found.number,
        sha256=version_sha256(session, found),
        value=value_of(member, found),
        requested_by=found.ordered_by,
    )
    record_verdict(
        session, subject, mandate, Verdict.APPROVED, now, acknowledged=tuple(acknowledged)
    )


def _claim_time(
    session: Session, member: Member, found: CallOff, actor: Actor, now: datetime
) -> None:
    if member.time_measurement_enabled and actor.login_session_id is not None:
        seconds = claim_active_seconds(session, actor.login_session_id, now)
        note_time(session, found.id, APPROVAL_STAGE, seconds, now)


def _block(session: Session, actor: Actor, refused: Blocked, now: datetime) -> Blocked:
    found, recorded, code = refused.call_off, refused.recorded, refused.code
    payload: dict[str, object] = {"decision": recorded.sha256, "code": code}
    move = Move.APPROVE if found.state is State.IN_APPROVAL else None
    if move is not None:
        record_move(session, found, move, actor, Side.APPROVER, now, payload=payload)
    member = member_of(session, EVERY_MEMBER, found.member_id)
    quantities = {line.sku: line.quantity for line in found.lines}
    attempted = Attempted(member, actor, found.net, quantities, found.number)
    record_refusal(session, attempted, recorded, code, refused.text, now)
    return refused
