"""API tokens: issued once in clear, kept as a hash, revoked by their owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest, new_secret
from app.accounts.records import ApiToken
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.german import clean

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """The secret is shown now and never again."""

    token_id: int
    secret: str


def issue_token(
    session: Session,
    person_id: int,
    name: str,
    scopes: Iterable[str] | None,
    now: datetime,
    expires_at: datetime | None,
) -> IssuedToken:
    """No scopes = everything that the role allows at the time of each call."""
    called = clean(name)
    if not called or len(called) > LONGEST_NAME:
        text = "Bitte geben Sie dem Token einen Namen, zum Beispiel „Anbindung Haushaltssystem“."
        raise Malformed(FieldError("name", "name_missing", text))
    secret = new_secret()
    row = ApiToken(
        token_sha256=digest(secret),
        person_id=person_id,
        name=called,
        scopes=None if scopes is None else " ".join(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return IssuedToken(row.id, secret)


def revoke_token(session: Session, person_id: int, token_id: int, now: datetime) -> None:
    """NotFound for a token of somebody else."""
    revoked = session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id, ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None)
        )
        .values(revoked_at=now)
        .returning(ApiToken.id)
    ).scalar_one_or_none()
    if revoked is None:
        raise NotFound("Diesen Token gibt es nicht.")
