"""Signing in: count the try, compute the hash outside any transaction, open the session."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.count_attempt import count_attempt, forget_attempts
from app.accounts.end_session import end_session
from app.accounts.open_session import SignedIn, open_session
from app.accounts.passwords import hashed, outdated, verified
from app.accounts.queries import person_with_mail
from app.accounts.rules import counters, normal_mail


class Transactions(Protocol):
    """Opens one short transaction after the other (a sessionmaker does)."""

    def begin(self) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the form and its request say."""

    mail: str
    password: str
    address: str
    browser: str = ""
    previous_token: str | None = None


@dataclass(frozen=True, slots=True)
class WrongCredentials:
    """Unknown, inactive or wrong password: deliberately one answer."""

    code: str = "wrong_credentials"


@dataclass(frozen=True, slots=True)
class TriedTooOften:
    """Wait for the window to pass."""

    code: str = "too_many_attempts"


def sign_in(
    transactions: Transactions, credentials: Credentials, now: datetime
) -> SignedIn | WrongCredentials | TriedTooOften:
    """The hash takes tens of milliseconds; holding SQLite's write lock meanwhile stops orders."""
    limits = counters(normal_mail(credentials.mail), credentials.address)
    with transactions.begin() as session:
        if not count_attempt(session, limits, now):
            return TriedTooOften()
        found = person_with_mail(session, credentials.mail)
        known = found.password_hash if found is not None and found.active else None

    if not verified(known, credentials.password):
        return WrongCredentials()
    renewed = hashed(credentials.password) if known and outdated(known) else known

    with transactions.begin() as session:
        person = person_with_mail(session, credentials.mail)
        if person is None or not person.active or person.password_hash != known:
            return WrongCredentials()
        person.password_hash = renewed
        forget_attempts(session, limits)
        if credentials.previous_token:
            end_session(session, credentials.previous_token, now)
        return open_session(session, person.id, credentials.browser, now)
