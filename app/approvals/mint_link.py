"""A one-time link to decide from a mail; the holder gets the secret, the database its hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.bearer import digest, new_secret
from app.approvals.records import ApprovalLink
from app.database.base import table_of

LIFETIME: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LinkFor:
    """One person, one version of one subject, one step (None: the value limit decides)."""

    member_id: int
    person_id: int
    subject: str
    sha256: str
    step_id: int | None


def mint_link(session: Session, wanted: LinkFor, now: datetime) -> str | None:
    """The secret; None where this person has a living link to the very same already."""
    table = table_of(ApprovalLink)
    known = session.scalar(
        select(table.c.id).where(
            table.c.person_id == wanted.person_id,
            table.c.subject == wanted.subject,
            table.c.subject_sha256 == wanted.sha256,
            table.c.step_id.is_not_distinct_from(wanted.step_id),
            table.c.used_at.is_(None),
            table.c.expires_at > now,
        )
    )
    if known is not None:
        return None
    secret = new_secret()
    session.execute(
        insert(table).values(
            token_sha256=digest(secret),
            member_id=wanted.member_id,
            person_id=wanted.person_id,
            subject=wanted.subject,
            subject_sha256=wanted.sha256,
            step_id=wanted.step_id,
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    return secret
