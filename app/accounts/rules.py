"""Lifetimes of sessions, limits of attempts, what a password must be: pure arithmetic."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.kernel.errors import FieldError

IDLE: Final = timedelta(minutes=30)
LIFETIME: Final = timedelta(hours=12)
RESET_LIFETIME: Final = timedelta(minutes=60)
INVITATION_LIFETIME: Final = timedelta(days=7)
ATTEMPT_WINDOW: Final = timedelta(minutes=15)
ATTEMPTS_FROM_ONE_PLACE: Final = 5
ATTEMPTS_PER_ADDRESS: Final = 40
ATTEMPTS_PER_ACCOUNT: Final = 60
RESETS_PER_ACCOUNT: Final = 3

LONGEST_PAUSE: Final = 60
"""Seconds: a longer gap between two requests is not counted as work (works agreement)."""
WRITE_EVERY: Final = timedelta(seconds=10)
WRITE_IDLE_EVERY: Final = timedelta(seconds=60)

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
LONGEST_MAIL: Final = 254
FIRST_PRINTABLE: Final = 0x20

# The first mark that fits decides: Edge also says Chrome, and Chrome also says Safari.
BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Times:
    """What decides whether a login session still counts."""

    expires_at: datetime
    last_seen_at: datetime
    revoked_at: datetime | None = None


def alive(times: Times, now: datetime) -> bool:
    """Not signed out, not idle for 30 minutes, not older than 12 hours."""
    return times.revoked_at is None and now < times.last_seen_at + IDLE and now < times.expires_at


def worked_seconds(last_seen_at: datetime, now: datetime) -> int:
    """The gap between two requests of one session as work; an idle gap is cut."""
    gap = int((now - last_seen_at).total_seconds())
    return max(0, min(gap, LONGEST_PAUSE))


def due_to_write(last_seen_at: datetime, now: datetime, *, measured: bool) -> bool:
    """Most requests write nothing: only the measurement needs ten seconds' resolution."""
    return now - last_seen_at >= (WRITE_EVERY if measured else WRITE_IDLE_EVERY)


def normal_mail(mail: str) -> str:
    """The form in which addresses are stored and compared."""
    return mail.strip().casefold()


def looks_like_mail(mail: str) -> bool:
    """Shape only; whether it exists is what the mail itself finds out."""
    name, at, place = mail.rpartition("@")
    return (
        bool(at and name)
        and len(mail) <= LONGEST_MAIL
        and "." in place.strip(".")
        and "@" not in name
        and not any(sign.isspace() or ord(sign) < FIRST_PRINTABLE for sign in mail)
    )


def password_faults(password: str, mail: str, field: str = "password") -> tuple[FieldError, ...]:
    """Length counts, not character classes (BSI ORP.4); the own address is too easy to guess."""
    faults = []
    if len(password) < SHORTEST_PASSWORD:
        text = f"Bitte wählen Sie ein Passwort mit mindestens {SHORTEST_PASSWORD} Zeichen."
        faults.append(FieldError(field, "password_too_short", text))
    if len(password) > LONGEST_PASSWORD:
        text = f"Bitte wählen Sie ein Passwort mit höchstens {LONGEST_PASSWORD} Zeichen."
        faults.append(FieldError(field, "password_too_long", text))
    if mail and normal_mail(mail) in password.casefold():
        text = "Bitte wählen Sie ein Passwort, das Ihre E-Mail-Adresse nicht enthält."
        faults.append(FieldError(field, "password_contains_mail", text))
    return tuple(faults)


def browser_words(user_agent: str) -> str:
    """`Firefox unter Windows`, as far as the header tells; only to recognise one's own."""
    browser = next((word for mark, word in BROWSERS if mark in user_agent), "")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} unter {system}"
    return browser or system or "unbekannter Browser"


def counters(mail: str, address: str) -> dict[str, int]:
    """What a sign-in counts against, with the limits inside one window.

    The account alone has a high limit, so that a stranger cannot lock its owner out.
    """
    return {
        f"mail={mail} from={address}": ATTEMPTS_FROM_ONE_PLACE,
        f"from={address}": ATTEMPTS_PER_ADDRESS,
        f"mail={mail}": ATTEMPTS_PER_ACCOUNT,
    }
