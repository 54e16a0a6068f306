"""A link by which one person sets a password: once, in time, the latest only."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest, new_secret
from app.accounts.records import PasswordReset


def one_time_link(
    session: Session, person_id: int, lifetime: timedelta, base_url: str, now: datetime
) -> tuple[str, str]:
    """The address and the digest that names it; earlier links of this person end."""
    token = new_secret()
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )
    session.add(
        PasswordReset(
            token_sha256=digest(token),
            person_id=person_id,
            created_at=now,
            expires_at=now + lifetime,
        )
    )
    return f"{base_url.rstrip('/')}/passwort-neu/{token}", digest(token)
