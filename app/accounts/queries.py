"""Named reads about people and their sign-ins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.records import ApiToken, LoginSession, Person
from app.accounts.rules import IDLE, normal_mail
from app.kernel.errors import NotFound


def person_with_mail(session: Session, mail: str) -> Person | None:
    return session.scalar(select(Person).where(Person.mail == normal_mail(mail)))


def person(session: Session, person_id: int) -> Person:
    """NotFound if there is none."""
    found = session.get(Person, person_id)
    if found is None:
        raise NotFound("Diese Person gibt es nicht.")
    return found


def session_with_token(session: Session, token: str) -> LoginSession | None:
    """The session behind a cookie unless it was ended."""
    return session.scalar(
        select(LoginSession).where(
            LoginSession.token_sha256 == digest(token), LoginSession.revoked_at.is_(None)
        )
    )


def open_sessions(session: Session, person_id: int, now: datetime) -> Sequence[LoginSession]:
    """Where this person is signed in, the latest first."""
    return session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
            LoginSession.last_seen_at > now - IDLE,
        )
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    ).all()


def api_tokens(session: Session, person_id: int) -> Sequence[ApiToken]:
    """The tokens that this person has not revoked, the newest first; expired ones included."""
    return session.scalars(
        select(ApiToken)
        .where(ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id.desc())
    ).all()
