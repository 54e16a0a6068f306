"""The exception for expired evidence: how long, by whom, and what it can never touch."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MOST_DAYS: Final = 30
BLOCKS_NOTHING: Final = frozenset(
    {
        "control_opinion",
        "fee_schedule",
        "member_key",
        "member_register",
        "members_at_accession",
        "name",
    }
)


@dataclass(frozen=True, slots=True)
class Excuse:
    """An expired fact counts from `first_day` to `last_day`; two people answer for it.

    People are pseudonymous numbers (`person:17`).
    """

    number: int
    fact: int
    first_day: date
    last_day: date
    reason: str
    asked_by: str
    confirmed_by: str

    def holds_on(self, day: date) -> bool:
        """Within its days, never for more than 30, never by one person alone."""
        return (
            self.first_day <= day <= self.last_day
            and (self.last_day - self.first_day).days < MOST_DAYS
            and self.asked_by != self.confirmed_by
        )


def end_of(first_day: date, days: int) -> date:
    """The last day of an exception over so many days, the first one counted."""
    return first_day + timedelta(days=days - 1)


def no_excuse_for(key: str, value: object, ended: date | None, day: date) -> str | None:
    """Why nobody can let a fact pass that speaks against its rule; None where it does not.

    What blocks no order needs no exception either.
    """
    if key in BLOCKS_NOTHING:
        return "Diese Angabe sperrt keinen Abruf; eine Ausnahme braucht sie nicht."
    if (value is True) if key == "is_private" else (value is False):
        return (
            "Diese Angabe spricht gegen die Voraussetzung. Eine nicht erfüllte Regel kann "
            "niemand überstimmen."
        )
    if key == "active" and ended is not None and ended < day:
        return "Dieses Kettenglied ist beendet. Eine nicht erfüllte Regel kann niemand überstimmen."
    return None
