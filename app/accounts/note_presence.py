"""A request of a signed-in person: keeps the session awake and adds the time since the last."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.records import LoginSession
from app.accounts.rules import worked_seconds


def note_presence(
    session: Session, login_session_id: int, seen_before: datetime, now: datetime, *, measured: bool
) -> None:
    """One conditional UPDATE: of two requests at once only one counts the gap."""
    values: dict[str, object] = {"last_seen_at": now}
    if measured:
        seconds = worked_seconds(seen_before, now)
        values["active_seconds"] = LoginSession.active_seconds + seconds
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == login_session_id, LoginSession.last_seen_at == seen_before)
        .values(values)
        .execution_options(synchronize_session=False)
    )
