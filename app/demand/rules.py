"""States of needs and demand rounds, and when two needs ask for the same."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class NeedState(StrEnum):
    OPEN = "open"
    PLANNED = "planned"
    AVAILABLE = "available"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class NeedMove(StrEnum):
    EDIT = "edit"
    WITHDRAW = "withdraw"
    PLAN = "plan"
    OFFER = "offer"
    DECLINE = "decline"
    REOPEN = "reopen"


class BoughtBy(StrEnum):
    """How the member helps itself meanwhile."""

    OWN_TENDER = "own_tender"
    DIRECT_PURCHASE = "direct_purchase"
    OTHER_FRAMEWORK = "other_framework"
    NOT_BOUGHT = "not_bought"


class RoundState(StrEnum):
    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RoundMove(StrEnum):
    REVIEW = "review"
    COLLECT = "collect"
    CLOSE = "close"
    CANCEL = "cancel"


NEED_MOVES: Final[Mapping[tuple[NeedState, NeedMove], NeedState]] = {
    (NeedState.OPEN, NeedMove.EDIT): NeedState.OPEN,
    (NeedState.OPEN, NeedMove.WITHDRAW): NeedState.WITHDRAWN,
    (NeedState.OPEN, NeedMove.PLAN): NeedState.PLANNED,
    (NeedState.OPEN, NeedMove.OFFER): NeedState.AVAILABLE,
    (NeedState.OPEN, NeedMove.DECLINE): NeedState.DECLINED,
    (NeedState.PLANNED, NeedMove.OFFER): NeedState.AVAILABLE,
    (NeedState.PLANNED, NeedMove.DECLINE): NeedState.DECLINED,
    (NeedState.PLANNED, NeedMove.REOPEN): NeedState.OPEN,
    (NeedState.DECLINED, NeedMove.REOPEN): NeedState.OPEN,
}

ROUND_MOVES: Final[Mapping[tuple[RoundState, RoundMove], RoundState]] = {
    (RoundState.COLLECTING, RoundMove.REVIEW): RoundState.REVIEWING,
    (RoundState.COLLECTING, RoundMove.CANCEL): RoundState.CANCELLED,
    (RoundState.REVIEWING, RoundMove.COLLECT): RoundState.COLLECTING,
    (RoundState.REVIEWING, RoundMove.CLOSE): RoundState.CLOSED,
    (RoundState.REVIEWING, RoundMove.CANCEL): RoundState.CANCELLED,
}

NEED_WORDS: Final[dict[NeedState, str]] = {
    NeedState.OPEN: "offen",
    NeedState.PLANNED: "für Bedarfsrunde geplant",
    NeedState.AVAILABLE: "jetzt im Rahmenvertrag",
    NeedState.DECLINED: "abgelehnt",
    NeedState.WITHDRAWN: "zurückgezogen",
}
BOUGHT_WORDS: Final[dict[BoughtBy, str]] = {
    BoughtBy.OWN_TENDER: "eigene Ausschreibung",
    BoughtBy.DIRECT_PURCHASE: "Direktkauf",
    BoughtBy.OTHER_FRAMEWORK: "anderer Rahmenvertrag",
    BoughtBy.NOT_BOUGHT: "gar nicht",
}
ROUND_WORDS: Final[dict[RoundState, str]] = {
    RoundState.COLLECTING: "Meldung läuft",
    RoundState.REVIEWING: "wird geprüft",
    RoundState.CLOSED: "abgeschlossen",
    RoundState.CANCELLED: "abgebrochen",
}

DECIDED: Final = (NeedMove.PLAN, NeedMove.OFFER, NeedMove.DECLINE, NeedMove.REOPEN)
"""What the desk decides; the rest is the member's own."""

ELSEWHERE: Final = frozenset(BoughtBy) - {BoughtBy.NOT_BOUGHT}
"""A procurement that took place, but not over the portal."""

REMINDERS: Final = (7, 1)
"""Days before the deadline of a round on which members without an answer are written to."""

MOST_PIECES: Final = 1_000_000
MOST_MINUTES: Final = 10_000
LONGEST_WHAT: Final = 200
LONGEST_TEXT: Final = 1000
LONGEST_SUBJECT: Final = 200
EARLIEST: Final = timedelta(days=366)
LATEST: Final = timedelta(days=5 * 366)

SHORTEST_STEM: Final = 5
ENDINGS: Final = ("en", "er", "es", "s", "e", "n")
FILLERS: Final = frozenset(
    word
    for words in (
        ("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"),
        ("und", "oder", "mit", "ohne", "fuer", "von", "zu", "im", "in", "am", "an", "auf", "bei"),
        ("als", "stueck", "stk"),
    )
    for word in words
)


def after(state: NeedState, move: NeedMove) -> NeedState | None:
    """Where the move leads; None where the state does not know it."""
    return NEED_MOVES.get((state, move))


def moves_of(state: RoundState) -> tuple[RoundMove, ...]:
    """What the desk may do with a round, in the order of the table."""
    return tuple(move for at, move in ROUND_MOVES if at is state)


def collects(state: RoundState, deadline: date, today: date) -> bool:
    """Whether members may still answer; the deadline is the last day on which they may."""
    return state is RoundState.COLLECTING and today <= deadline


def reminder_due(deadline: date, today: date) -> int | None:
    """The reminder of this day, by its days before the deadline."""
    ahead = (deadline - today).days
    return ahead if ahead in REMINDERS else None


def can_be_needed(on: date, today: date) -> bool:
    """What was bought elsewhere may have been needed earlier, up to a year ago."""
    return today - EARLIEST <= on <= today + LATEST


def subject_of(words: Iterable[str], same: Mapping[str, Iterable[str]]) -> str:
    """What is asked for, whatever the order, number and choice of its words.

    `words` are folded; `same` gives other words for one. `Laptops für Schulen` and
    `Schule: Notebook` are one subject.
    """
    kept = [word for word in words if word not in FILLERS]
    known = {min({stem(one), *(stem(other) for other in _others(one, same))}) for one in kept}
    return " ".join(sorted(known))[:LONGEST_SUBJECT]


def _others(word: str, same: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return same.get(word) or same.get(stem(word)) or ()


def stem(word: str) -> str:
    """Without the ending of its number or case: good enough to group, never to search."""
    if not word.isalpha():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
