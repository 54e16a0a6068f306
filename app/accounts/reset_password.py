"""Using the mailed link: once, in time, and it ends every session."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.end_session import end_sessions_of
from app.accounts.passwords import hashed
from app.accounts.queries import person
from app.accounts.records import PasswordReset
from app.accounts.rules import password_faults
from app.accounts.sign_in import Transactions
from app.kernel.errors import Malformed, NotFound

DEAD_LINK = "Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an."


def open_reset(session: Session, token: str, now: datetime) -> PasswordReset:
    """The request behind a link; NotFound if it is unknown, used or too old."""
    found = session.scalar(
        select(PasswordReset).where(
            PasswordReset.token_sha256 == digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
    )
    if found is None:
        raise NotFound(DEAD_LINK, "reset_link_invalid")
    return found


def reset_password(transactions: Transactions, token: str, new: str, now: datetime) -> None:
    """Malformed leaves the link usable; of two uses at once exactly one wins.

    The hash is computed between two transactions: on SQLite the others would wait for it.
    """
    with transactions.begin() as session:
        owner = person(session, open_reset(session, token, now).person_id)
        if faults := password_faults(new, owner.mail, "new_password"):
            raise Malformed(*faults)
    encoded = hashed(new)
    with transactions.begin() as session:
        _use(session, token, encoded, now)


def _use(session: Session, token: str, encoded: str, now: datetime) -> None:
    request = open_reset(session, token, now)
    won = session.execute(
        update(PasswordReset)
        .where(PasswordReset.id == request.id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
        .returning(PasswordReset.id)
    ).scalar_one_or_none()
    owner = person(session, request.person_id)
    if won is None or not owner.active:
        raise NotFound(DEAD_LINK, "reset_link_invalid")
    owner.password_hash = encoded
    end_sessions_of(session, owner.id, now)
