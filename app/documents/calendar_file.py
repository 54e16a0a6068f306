"""iCalendar files (RFC 5545): whole days with a title, for any calendar program to subscribe to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.kernel.german import clean

LONGEST_LINE: Final = 75  # octets, section 3.1
REFRESH: Final = "PT4H"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One day; `uid` stays the same when the day moves, so that programs move it too."""

    uid: str
    day: date
    title: str
    text: str
    url: str
    changed_at: datetime
    revision: int = 0


def calendar_bytes(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """The same entries give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Abrufportal//Lieferkalender//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for entry in entries:
        lines += _entry(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _entry(entry: CalendarEntry) -> list[str]:
    changed = entry.changed_at.astimezone(UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{entry.revision}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"DESCRIPTION:{_escaped(entry.text)}",
        f"URL:{entry.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Section 3.3.11."""
    lines = [clean(line) for line in text.splitlines()]
    plain = "\n".join(lines).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Never inside a character: what continues begins with a blank."""
    part, size = "", 0
    for sign in line:
        many = len(sign.encode())
        if size + many > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + many
    yield part
