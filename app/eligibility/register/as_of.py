"""The two dates of a question to the register: about which day, by what was known on which."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from app.kernel.errors import FieldError, Malformed
from app.kernel.german import typed_day
from app.kernel.legal_day import BERLIN, legal_day, start_of_day

NOON: Final = time(12)
ASKED: Final = "Bitte geben Sie einen Tag an, zum Beispiel 21.11.2026."


@dataclass(frozen=True, slots=True)
class AsOf:
    """`at` lies on the day that is asked about; `known` is None where everything counts."""

    at: datetime
    known: datetime | None = None
    about: date | None = None
    known_on: date | None = None

    @property
    def asked(self) -> bool:
        return self.about is not None or self.known_on is not None


def as_of(about: str, known_on: str, now: datetime) -> AsOf:
    """Both as typed, empty for today; what came on record during the day counts as known.

    Malformed where a text is no day or the knowledge lies in the future.
    """
    errors: list[FieldError] = []
    day, knowledge = _day("stichtag", about, errors), _day("wissen", known_on, errors)
    if knowledge is not None and knowledge > legal_day(now):
        text = "Was an einem künftigen Tag bekannt sein wird, weiß das Portal nicht."
        errors.append(FieldError("wissen", "in_future", text))
    if errors:
        raise Malformed(*errors)
    at = now if day is None else datetime.combine(day, NOON, BERLIN)
    known = None
    if knowledge is not None:
        known = start_of_day(knowledge + timedelta(days=1)) - timedelta(microseconds=1)
    return AsOf(at, known, day, knowledge)


def _day(field: str, text: str, errors: list[FieldError]) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        day = typed_day(text)
    except ValueError:
        day = date.min
    if not 1990 <= day.year <= 2100:  # noqa: PLR2004 - years that a register speaks of
        errors.append(FieldError(field, "no_day", ASKED))
        return None
    return day
