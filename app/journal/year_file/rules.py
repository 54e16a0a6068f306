"""Files that are written outside of a request, and how far they are."""

from enum import StrEnum
from typing import Final

EARLIEST_YEAR: Final = 2010


class YearFileState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


STATE_WORDS: Final = {
    YearFileState.WAITING: "wartet",
    YearFileState.RUNNING: "wird geschrieben",
    YearFileState.DONE: "liegt bereit",
}


def file_name(member_key: str, year: int) -> str:
    """One name per member and year: a newer file takes the older one's place."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in member_key)
    return f"Akten-{plain}-{year}.zip"
