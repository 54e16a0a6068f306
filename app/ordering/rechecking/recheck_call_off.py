"""Judging a call-off again: a new decision beside the old ones, which stay as they are."""

from datetime import date, datetime, time
from typing import Final

from sqlalchemy.orm import Session

from app.eligibility.deciding.record_decision import Recorded, record_decision
from app.eligibility.rules import Phase
from app.kernel.legal_day import BERLIN, legal_day
from app.ordering.judge import judge_again
from app.ordering.records import CallOff
from app.ordering.trail_records import CallOffCheck
from app.ordering.wanted import Actor

NOON: Final = time(12)


def recheck_call_off(
    session: Session, found: CallOff, phase: Phase, on: date, actor: Actor, now: datetime
) -> Recorded:
    """The conditions must hold during the whole contract (CJEU C-719/20); this only warns.

    `on` is the day that counts: of the delivery, also for its invoice. `found` comes locked, with
    its lines. Locks the member's chain of decisions: call it before numbers are drawn and before
    the audit.
    """
    at = now if on == legal_day(now) else datetime.combine(on, NOON, BERLIN)
    assessed = judge_again(session, found, at, phase=phase)
    recorded = record_decision(session, assessed, now, actor.name)
    session.add(
        CallOffCheck(
            call_off_id=found.id,
            member_id=found.member_id,
            decision_id=recorded.id,
            phase=phase,
            on=on,
            at=now,
        )
    )
    return recorded
