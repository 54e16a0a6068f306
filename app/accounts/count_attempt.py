"""Counting tries in the database, so that several processes share one limit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.accounts.records import SignInAttempt
from app.accounts.rules import ATTEMPT_WINDOW


def count_attempt(session: Session, limits: Mapping[str, int], now: datetime) -> bool:
    """Put one try on every counter before it is made; False once a limit is reached.

    Counted first and looked up later: parallel guesses cannot slip through together.
    """
    since = now - ATTEMPT_WINDOW
    session.execute(delete(SignInAttempt).where(SignInAttempt.at <= since))
    tries = session.execute(
        select(SignInAttempt.subject, func.count())
        .where(SignInAttempt.subject.in_(limits), SignInAttempt.at > since)
        .group_by(SignInAttempt.subject)
    )
    if any(count >= limits[subject] for subject, count in tries):
        return False
    session.execute(insert(SignInAttempt), [{"subject": name, "at": now} for name in limits])
    return True


def forget_attempts(session: Session, subjects: Mapping[str, int]) -> None:
    """After a success the counters start again."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.subject.in_(subjects)))
