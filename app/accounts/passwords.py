"""Argon2id at 19 MiB, two passes, one lane, and one computation at a time."""

from functools import cache
from threading import Lock
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.rules import password_faults
from app.kernel.errors import Malformed, TooManyAttempts

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
ONE_AT_A_TIME: Final = Lock()
PATIENCE: Final = 3.0
"""Seconds that a request may wait for its turn: a flood of logins must not hold every thread."""


def hashed(password: str) -> str:
    """The encoded hash, with its salt and parameters."""
    _wait_for_turn()
    try:
        return HASHER.hash(password)
    finally:
        ONE_AT_A_TIME.release()


def first_hash(password: str, mail: str) -> str:
    """For a person who is to be created. Malformed if too weak; call it before the transaction."""
    if faults := password_faults(password, mail):
        raise Malformed(*faults)
    return hashed(password)


def verified(encoded: str | None, password: str) -> bool:
    """Whether the password fits; without a hash the same work is done for nothing.

    So an unknown address costs as long as a known one (no enumeration by timing).
    """
    stand_in = _stand_in()
    _wait_for_turn()
    try:
        HASHER.verify(encoded or stand_in, password)
    except (VerificationError, InvalidHashError):
        return False
    else:
        return encoded is not None
    finally:
        ONE_AT_A_TIME.release()


def outdated(encoded: str) -> bool:
    """Stored under other parameters: hash again at the next sign-in."""
    return HASHER.check_needs_rehash(encoded)


@cache
def _stand_in() -> str:
    return HASHER.hash("nobody has this password")


def _wait_for_turn() -> None:
    if not ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        text = (
            "Gerade melden sich sehr viele Personen an. Bitte versuchen Sie es gleich noch einmal."
        )
        raise TooManyAttempts(text, "busy")
