"""Active seconds of one stage of an order; they belong to the order, not to a person."""

from datetime import datetime
from typing import Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.claim_active_seconds import claim_active_seconds
from app.members.records import Member
from app.ordering.trail_records import CallOffTime
from app.ordering.wanted import Actor

ORDER_STAGE: Final = "order"
APPROVAL_STAGE: Final = "approval"


def claim_time(
    session: Session, member: Member, call_off_id: int, actor: Actor, stage: str, now: datetime
) -> None:
    """Hand what the actor's session measured over to this order; nothing where none is measured.

    Whatever becomes of the order: also a rejection or a cancellation cost somebody time.
    """
    if member.time_measurement_enabled and actor.login_session_id is not None:
        seconds = claim_active_seconds(session, actor.login_session_id, now)
        note_time(session, call_off_id, stage, seconds, now)


def note_time(session: Session, call_off_id: int, stage: str, seconds: int, now: datetime) -> None:
    """Append the seconds; stages are order, approval, receipt and invoice."""
    session.execute(
        insert(CallOffTime).values(call_off_id=call_off_id, stage=stage, seconds=seconds, at=now)
    )
