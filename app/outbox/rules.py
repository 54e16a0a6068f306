"""When to try again, and when to stop trying."""

from datetime import timedelta
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """What the outbox knows how to go on with; kept as the last error of the message."""

    SERVER_AWAY = "server_away"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    DATABASE_AWAY = "database_away"


MOST_ATTEMPTS: Final = 8
MOST_BY_FAULT: Final = {
    Fault.SERVER_AWAY: 300,
    Fault.DATABASE_AWAY: 300,
    Fault.PUT_OFF: 32,
    Fault.REFUSED: 1,
}
"""Two days of waiting, as mail servers do among themselves; a refusal for good is final."""
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=2)
LONGEST_WITHOUT_SERVER: Final = timedelta(minutes=10)
"""One mail asks for all of them, so it may ask often; a database is asked all the time."""
AWAY: Final = frozenset({Fault.SERVER_AWAY, Fault.DATABASE_AWAY})


def pause_after(attempts: int, fault: Fault | None = None) -> timedelta:
    """Doubling from half a minute, at most two hours; ten minutes where a server is away."""
    doublings = min(max(attempts - 1, 0), 10)
    longest = LONGEST_WITHOUT_SERVER if fault in AWAY else LONGEST_PAUSE
    return min(FIRST_PAUSE * (1 << doublings), longest)


def is_last(attempts: int, fault: Fault | None = None) -> bool:
    return attempts >= (MOST_BY_FAULT[fault] if fault else MOST_ATTEMPTS)
