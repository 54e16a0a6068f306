"""A person chooses a new password: every other session ends, this one gets a new token."""

from datetime import datetime

from app.accounts.end_session import end_sessions_of
from app.accounts.open_session import SignedIn, open_session
from app.accounts.passwords import hashed, verified
from app.accounts.queries import person
from app.accounts.rules import password_faults
from app.accounts.sign_in import Transactions
from app.kernel.errors import FieldError, Malformed

WRONG = FieldError("present_password", "wrong_password", "Das bisherige Passwort stimmt nicht.")


def change_password(
    transactions: Transactions, person_id: int, present: str, new: str, browser: str, now: datetime
) -> SignedIn:
    """Malformed if the present password is wrong or the new one too weak; then nothing changes.

    Checking and hashing take place between two transactions: on SQLite the others would wait.
    """
    with transactions.begin() as session:
        owner = person(session, person_id)
        known, mail = owner.password_hash, owner.mail
    faults = list(password_faults(new, mail, "new_password"))
    if not verified(known, present):
        faults.insert(0, WRONG)
    if faults:
        raise Malformed(*faults)
    encoded = hashed(new)
    with transactions.begin() as session:
        owner = person(session, person_id)
        if owner.password_hash != known or not owner.active:  # somebody was faster
            raise Malformed(WRONG)
        owner.password_hash = encoded
        end_sessions_of(session, person_id, now)
        return open_session(session, person_id, browser, now)
