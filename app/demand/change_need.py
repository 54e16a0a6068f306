"""Correcting an own need while nobody has decided on it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.demand.queries import need_of
from app.demand.records import Need
from app.demand.report_need import NeedWish, write_wish
from app.demand.rules import NEED_WORDS, NeedMove, after
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.members.asking import MemberSeen


def change_need(
    session: Session,
    member: MemberSeen,
    person_id: int,
    need_id: int,
    wish: NeedWish,
    now: datetime,
) -> Need:
    """NotFound for another member's, Conflict once it is decided, Malformed as on reporting."""
    need = need_of(session, Tenant(member.id), need_id, lock=True)
    if after(need.state, NeedMove.EDIT) is None:
        text = f"Dieser Bedarf ist {NEED_WORDS[need.state]} und lässt sich nicht mehr ändern."
        raise Conflict(text, "need_decided")
    write_wish(session, need, wish, legal_day(now))
    session.flush()
    payload: dict[str, object] = {"quantity": need.quantity, "bought_by": need.bought_by.value}
    happening = Happening("need.changed", f"need:{need.id}", f"person:{person_id}", payload)
    append(session, member_stream(member.key), now, happening)
    return need
