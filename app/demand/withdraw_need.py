"""Taking an own need back while nobody has decided on it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.demand.queries import need_of
from app.demand.rules import NEED_WORDS, NeedMove, after
from app.kernel.errors import Conflict
from app.members.asking import MemberSeen


def withdraw_need(
    session: Session, member: MemberSeen, person_id: int, need_id: int, now: datetime
) -> None:
    """NotFound for another member's, Conflict once it is decided."""
    need = need_of(session, Tenant(member.id), need_id, lock=True)
    reached = after(need.state, NeedMove.WITHDRAW)
    if reached is None:
        text = f"Dieser Bedarf ist {NEED_WORDS[need.state]} und lässt sich nicht zurückziehen."
        raise Conflict(text, "need_decided")
    need.state = reached
    session.flush()
    happening = Happening("need.withdrawn", f"need:{need.id}", f"person:{person_id}", {})
    append(session, member_stream(member.key), now, happening)
