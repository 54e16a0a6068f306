"""How an agreement is watched: how long reservations wait, how long a tender takes, alerts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.kernel.errors import FieldError, Malformed

LONGEST_RESERVATION: Final = 180
LONGEST_TENDER: Final = 36


@dataclass(frozen=True, slots=True)
class Watch:
    """Days, months, and the shares in percent at which the desk is told."""

    reservation_days: int
    tender_months: int
    alert_percents: tuple[int, ...]


def set_watch(
    session: Session, person_id: int, number: str, wish: Watch, reason: str, now: datetime
) -> None:
    """Holds for all lots; reservations that wait already are measured by it too."""
    errors = list(_errors(wish, reason))
    if errors:
        raise Malformed(*errors)
    found = lock_framework(session, number, None)
    framework, percents = found.framework, " ".join(map(str, sorted(set(wish.alert_percents))))
    what = (
        f"Reservierungsfrist {wish.reservation_days} Tage, "
        f"Neuausschreibung {wish.tender_months} Monate, Warnstufen {percents} %"
    )
    framework.reservation_days, framework.tender_months = wish.reservation_days, wish.tender_months
    for lot in found.lots:
        lot.alert_percents = percents
    entry = Entry(AmendmentKind.WATCH, (what,))
    log_change(session, framework, entry, Said(reason.strip()), person_id, now)


def _errors(wish: Watch, reason: str) -> Iterator[FieldError]:
    if not reason.strip():
        yield FieldError("reason", "missing", "Bitte nennen Sie den Grund.")
    if not 1 <= wish.reservation_days <= LONGEST_RESERVATION:
        text = f"Bitte 1 bis {LONGEST_RESERVATION} Tage."
        yield FieldError("reservation_days", "range", text)
    if not 1 <= wish.tender_months <= LONGEST_TENDER:
        yield FieldError("tender_months", "range", f"Bitte 1 bis {LONGEST_TENDER} Monate.")
    if not wish.alert_percents or not all(1 <= one <= 100 for one in wish.alert_percents):  # noqa: PLR2004 - percent
        text = "Bitte Warnstufen zwischen 1 und 100 Prozent angeben, zum Beispiel 50 75 90."
        yield FieldError("alert_percents", "range", text)
