"""A person chooses a new password: every other session ends, this one gets a new token."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.end_session import end_sessions_of
from app.accounts.open_session import SignedIn, open_session
from app.accounts.passwords import hashed, verified
from app.accounts.queries import person
from app.accounts.rules import password_faults
from app.kernel.errors import FieldError, Malformed


def change_password(
    session: Session, person_id: int, present: str, new: str, browser: str, now: datetime
) -> SignedIn:
    """Malformed if the present password is wrong or the new one too weak; then nothing changes."""
    owner = person(session, person_id)
    faults = list(password_faults(new, owner.mail, "new_password"))
    if not verified(owner.password_hash, present):
        text = "Das bisherige Passwort stimmt nicht."
        faults.insert(0, FieldError("present_password", "wrong_password", text))
    if faults:
        raise Malformed(*faults)
    owner.password_hash = hashed(new)
    end_sessions_of(session, person_id, now)
    return open_session(session, person_id, browser, now)
