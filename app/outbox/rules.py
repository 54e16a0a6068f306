"""When to try again, and when to stop trying."""

from datetime import timedelta
from typing import Final

MOST_ATTEMPTS: Final = 8
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=2)


def pause_after(attempts: int) -> timedelta:
    """Doubling from half a minute, at most two hours."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def is_last(attempts: int) -> bool:
    return attempts >= MOST_ATTEMPTS
