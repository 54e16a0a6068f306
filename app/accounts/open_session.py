"""Starting a login session: always a new token, so that no old one gains rights."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest, new_secret
from app.accounts.records import LoginSession
from app.accounts.rules import IDLE, LIFETIME


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The only moment at which the token exists in clear; it goes into the cookie."""

    token: str
    csrf_token: str
    login_session_id: int


def open_session(session: Session, person_id: int, browser: str, now: datetime) -> SignedIn:
    """A session of at most twelve hours; `browser` is the user agent, shortened.

    It takes over what the person's ended sessions measured and no order has claimed yet: who is
    signed out over lunch goes on with the same order.
    """
    token = new_secret()
    row = LoginSession(
        token_sha256=digest(token),
        person_id=person_id,
        csrf_token=new_secret(),
        created_at=now,
        last_seen_at=now,
        expires_at=now + LIFETIME,
        browser=browser[:120],
        active_seconds=_unclaimed(session, person_id, now),
    )
    session.add(row)
    session.flush()
    return SignedIn(token, row.csrf_token, row.id)


def _unclaimed(session: Session, person_id: int, now: datetime) -> int:
    ended = session.execute(
        select(LoginSession.id, LoginSession.active_seconds)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.active_seconds > 0,
            LoginSession.last_seen_at > now - LIFETIME,
            or_(LoginSession.revoked_at.is_not(None), LoginSession.last_seen_at <= now - IDLE),
        )
        .order_by(LoginSession.id)
        .with_for_update()
    ).all()
    if not ended:
        return 0
    session.execute(
        update(LoginSession)
        .where(LoginSession.id.in_([row.id for row in ended]))
        .values(active_seconds=0)
        .execution_options(synchronize_session=False)
    )
    return sum(row.active_seconds for row in ended)
