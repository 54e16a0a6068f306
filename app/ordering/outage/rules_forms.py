"""Numbers of forms for an outage, and when one may be entered. Pure."""

from datetime import datetime, timedelta
from typing import Final

FEWEST: Final = 1
MOST: Final = 50
LATEST: Final = timedelta(days=14)
"""Later the prices, facts and people of the day can no longer be vouched for: a new order."""
DIGITS: Final = 4
LONGEST: Final = 9  # digits of a number that can be one
MANY: Final = f"Bitte drucken Sie {FEWEST} bis {MOST} Formulare auf einmal."
UNKNOWN: Final = "Diese Nummer gehört zu keinem Formular Ihrer Organisation."
FUTURE: Final = "Dieser Zeitpunkt liegt in der Zukunft."
TOO_LATE: Final = (
    f"Nachtragen lässt sich ein Abruf bis {LATEST.days} Tage nach dem Tag auf dem Formular. "
    "Bestellen Sie jetzt bitte neu."
)
BEFORE_PRINT: Final = "Das Formular wurde erst danach gedruckt."


def form_number(member_key: str, number: int) -> str:
    """`N-15001000-0007`."""
    return f"N-{member_key}-{number:0{DIGITS}}"


def number_of(text: str, member_key: str) -> int | None:
    """The number of a form of this member; capitals, blanks and missing noughts are forgiven."""
    tight = "".join(text.split()).upper()
    beginning = f"N-{member_key}-".upper()
    digits = tight.removeprefix(beginning)
    if tight == digits or not (digits.isascii() and digits.isdecimal()) or len(digits) > LONGEST:
        return None
    return int(digits)


def moment_fault(ordered_at: datetime, printed_at: datetime, now: datetime) -> str:
    """Why a form with this moment cannot be entered now; "" where it can."""
    if ordered_at > now:
        return FUTURE
    if ordered_at < now - LATEST:
        return TOO_LATE
    # A form is filled in by the minute, and printed to the second.
    if ordered_at < printed_at - timedelta(minutes=1):
        return BEFORE_PRINT
    return ""
