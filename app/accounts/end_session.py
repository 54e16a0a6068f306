"""Signing out: here, elsewhere, everywhere."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.records import LoginSession


def end_session(session: Session, token: str, now: datetime) -> None:
    """The cookie's token is worthless from here on; ending it twice is no error."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_sha256 == digest(token), LoginSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def end_sessions_of(session: Session, person_id: int, now: datetime) -> None:
    """Everywhere: after a new password, a change of roles, or on request."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def end_one_session(session: Session, person_id: int, session_id: int, now: datetime) -> bool:
    """One of the person's own sessions; False if it is somebody else's or already over."""
    ended = session.execute(
        update(LoginSession)
        .where(
            LoginSession.id == session_id,
            LoginSession.person_id == person_id,
            LoginSession.revoked_at.is_(None),
        )
        .values(revoked_at=now)
        .returning(LoginSession.id)
    ).scalar_one_or_none()
    return ended is not None
