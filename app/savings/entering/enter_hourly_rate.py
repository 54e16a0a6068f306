"""Enter the member's own hourly rate, with the source it was taken from."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.members.records import Member
from app.savings.forms import RateSent


def enter_hourly_rate(
    session: Session, member: Member, sent: RateSent, actor: str, now: datetime
) -> None:
    """Amount per hour and its source (report number, year); none is ever shipped."""
    before = member.hourly_rate.text if member.hourly_rate is not None else None
    member.hourly_rate = sent.amount
    member.hourly_rate_source = sent.source
    session.flush()
    payload: dict[str, object] = {
        "before": before,
        "after": sent.amount.text,
        "source": sent.source,
    }
    append(
        session,
        member_stream(member.key),
        now,
        Happening("hourly_rate_entered", member.key, actor, payload),
    )
