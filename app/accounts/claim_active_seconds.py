"""Handing the measured time of a session over to the order that it was spent on."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.records import LoginSession
from app.accounts.rules import worked_seconds


def claim_active_seconds(session: Session, login_session_id: int, now: datetime) -> int:
    """Seconds of work since the last claim, the present gap included; they count only once."""
    found = session.execute(
        select(LoginSession.active_seconds, LoginSession.last_seen_at)
        .where(LoginSession.id == login_session_id)
        .with_for_update()
    ).one_or_none()
    if found is None:
        return 0
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == login_session_id)
        .values(active_seconds=0, last_seen_at=now)
        .execution_options(synchronize_session=False)
    )
    seconds: int = found.active_seconds
    return seconds + worked_seconds(found.last_seen_at, now)
