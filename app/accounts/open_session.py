"""Starting a login session: always a new token, so that no old one gains rights."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.bearer import digest, new_secret
from app.accounts.records import LoginSession
from app.accounts.rules import LIFETIME


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The only moment at which the token exists in clear; it goes into the cookie."""

    token: str
    csrf_token: str
    login_session_id: int


def open_session(session: Session, person_id: int, browser: str, now: datetime) -> SignedIn:
    """A session of at most twelve hours; `browser` is the user agent, shortened."""
    token = new_secret()
    row = LoginSession(
        token_sha256=digest(token),
        person_id=person_id,
        csrf_token=new_secret(),
        created_at=now,
        last_seen_at=now,
        expires_at=now + LIFETIME,
        browser=browser[:120],
    )
    session.add(row)
    session.flush()
    return SignedIn(token, row.csrf_token, row.id)
