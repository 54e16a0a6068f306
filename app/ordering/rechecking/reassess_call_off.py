"""Having an open call-off judged again by hand: the old decisions stay as they are."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.deciding.record_decision import Recorded
from app.eligibility.rules import Phase
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.members.queries import member_of
from app.ordering.queries import lock_call_off
from app.ordering.rechecking.recheck_call_off import recheck_call_off
from app.ordering.rules import FINAL, State
from app.ordering.wanted import Actor


def reassess_call_off(
    session: Session, actor: Actor, number: str, tenant: Tenant, now: datetime
) -> Recorded:
    """A new decision on today's facts, beside the old ones. Conflict for a closed order.

    Before placement everything is asked, afterwards only what has to hold during the contract.
    """
    found = lock_call_off(session, number, tenant)
    if found.state in FINAL or found.state is State.DRAFT:
        raise Conflict("Dieser Abruf ist abgeschlossen und wird nicht mehr geprüft.", "closed")
    phase = Phase.MANUAL if found.placed_at is None else Phase.RUNNING
    recorded = recheck_call_off(session, found, phase, legal_day(now), actor, now)
    session.flush()
    content: dict[str, object] = {
        "decision": recorded.sha256,
        "outcome": recorded.outcome.value,
    }
    key = member_of(session, EVERY_MEMBER, found.member_id).key
    happening = Happening("call_off.rechecked", found.number, actor.name, content)
    append(session, member_stream(key), now, happening)
    return recorded
