"""The closing day of a member's books: later orders on that year's budget are warned of."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import Tenant
from app.members.queries import member_of


def set_order_stop(
    session: Session, member_id: int, stop: date | None, actor: str, now: datetime
) -> None:
    """None: orders are never warned of. The same day again leaves no trace."""
    member = member_of(session, Tenant(member_id), member_id)
    if member.order_stop_date == stop:
        return
    before, member.order_stop_date = member.order_stop_date, stop
    session.flush()
    said: dict[str, object] = {
        "before": before.isoformat() if before else "",
        "after": stop.isoformat() if stop else "",
    }
    happening = Happening("member.order_stop_set", member.key, actor, said)
    append(session, member_stream(member.key), now, happening)
