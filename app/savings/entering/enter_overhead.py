"""Enter the minutes a member spent on the portal besides orders: master data, training."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.members.records import AdminOverhead, Member
from app.savings.forms import OverheadSent


def enter_overhead(
    session: Session, member: Member, sent: OverheadSent, actor: str, now: datetime
) -> AdminOverhead:
    """One figure per month; entering it again corrects it and leaves both on record."""
    found = session.scalar(
        select(AdminOverhead).where(
            AdminOverhead.member_id == member.id, AdminOverhead.month == sent.month.text
        )
    )
    before = found.minutes if found else None
    if found is None:
        found = AdminOverhead(member_id=member.id, month=sent.month.text, minutes=0)
        session.add(found)
    found.minutes = sent.minutes
    found.note = sent.note
    session.flush()
    payload: dict[str, object] = {
        "month": sent.month.text,
        "before": before,
        "after": sent.minutes,
    }
    append(
        session,
        member_stream(member.key),
        now,
        Happening("overhead_entered", member.key, actor, payload),
    )
    return found
