"""Rejecting: the approver says no with a reason, the reservation is given back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Subject, record_verdict
from app.approvals.rules import Verdict
from app.database.tenant import EVERY_MEMBER, Tenant
from app.members.queries import member_of
from app.ordering.act import check_side, check_version, needed_reason, record_move
from app.ordering.note_time import APPROVAL_STAGE, claim_time
from app.ordering.notify import tell_orderer
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Move, Side
from app.ordering.signing.mandate import needed_mandate
from app.ordering.signing.version import value_of, version_sha256
from app.ordering.steps.free_reservation import free_reservation
from app.ordering.wanted import Actor


def reject_call_off(  # noqa: PLR0913 - what the approver saw and says
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    reason: str,
    seen: int | None = None,
) -> CallOff:
    """Raises NotAllowed where this person may not decide, Malformed without a reason."""
    found = lock_call_off(session, number, tenant)
    check_version(found, seen)
    check_side(found, Move.REJECT, Side.APPROVER)
    member = member_of(session, EVERY_MEMBER, found.member_id)
    mandate = needed_mandate(session, member, found, actor, now)
    text = needed_reason(reason)
    subject = Subject(
        member_id=member.id,
        number=found.number,
        sha256=version_sha256(session, found),
        value=value_of(member, found),
        requested_by=found.ordered_by,
    )
    record_verdict(session, subject, mandate, Verdict.REJECTED, now, reason=text)
    free_reservation(session, found, actor.person_id, text, now)
    tell_orderer(session, found, f"Ihr Abruf {found.number} wurde abgelehnt: {text}", now)
    claim_time(session, member, found.id, actor, APPROVAL_STAGE, now)
    record_move(session, found, Move.REJECT, actor, Side.APPROVER, now, reason=text)
    return found
