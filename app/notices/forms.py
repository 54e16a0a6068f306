"""What the browser sent about notices."""

from collections.abc import Mapping
from typing import Final

from app.kernel.errors import FieldError, Malformed
from app.notices.rules import EVENTS, HOURS, Choice, Event, MailWay, Times

HOUR_FIELDS: Final = ("ruhe_von", "ruhe_bis", "tagesmail")
LONGEST_ID: Final = 9


def chosen(sent: Mapping[str, str], events: tuple[Event, ...]) -> tuple[dict[Event, Choice], Times]:
    """The choices for those events that can be chosen; Malformed names every wrong field."""
    faults: list[FieldError] = []
    choices: dict[Event, Choice] = {}
    known = {way.value: way for way in MailWay}
    for event in events:
        if EVENTS[event].duty:
            continue
        way = known.get(sent.get(f"mail_{event}", ""))
        if way is None:
            text = f"Bitte wählen Sie aus der Liste: {EVENTS[event].title}."
            faults.append(FieldError(f"mail_{event}", "unknown", text))
        else:
            choices[event] = Choice(f"portal_{event}" in sent, way)
    hours = [_hour(sent.get(name, "")) for name in HOUR_FIELDS]
    for name, hour in zip(HOUR_FIELDS, hours, strict=True):
        if hour is None:
            faults.append(FieldError(name, "unknown", "Bitte wählen Sie eine volle Stunde."))
    if faults:
        raise Malformed(*faults)
    begin, end, digest = (hour or 0 for hour in hours)
    return choices, Times(begin, end, digest)


def seen_up_to(text: str) -> int:
    """The number of the latest notice on the page; 0 for nonsense, which marks nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else 0


def _hour(text: str) -> int | None:
    by_text = {str(hour): hour for hour in HOURS}
    return by_text.get(text)
