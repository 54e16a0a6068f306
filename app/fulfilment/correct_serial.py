"""Correcting a mistyped serial number; what it was, why and who did it stays on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.fulfilment.queries import serial, taken_serials
from app.fulfilment.records import SerialCorrection, SerialNumber
from app.fulfilment.rules import LONGEST_SERIAL, serials_of
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.wanted import Actor

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Correction:
    """Which serial number becomes what, and why."""

    serial_id: int
    after: str
    reason: str


def correct_serial(
    session: Session, call_off: CallOff, wanted: Correction, by: Actor, now: datetime
) -> SerialNumber:
    """Raises NotFound for serial numbers of other call-offs, Malformed for a wrong number."""
    found = serial(session, wanted.serial_id, call_off.id)
    typed, reason = serials_of(wanted.after), clean(wanted.reason)
    if errors := _errors(session, found, typed, reason):
        raise Malformed(*errors)
    correction = SerialCorrection(
        serial_number_id=found.id,
        before=found.serial,
        after=typed[0],
        reason=reason,
        by=by.person_id,
        at=now,
    )
    _write(session, found, correction)
    happening = Happening(
        "serial.corrected",
        call_off.number,
        by.name,
        {
            "sku": found.sku,
            "before": correction.before,
            "after": correction.after,
            "reason": reason,
        },
    )
    key = session.get_one(Member, call_off.member_id).key
    append(session, member_stream(key), now, happening)
    return found


def _write(session: Session, found: SerialNumber, correction: SerialCorrection) -> None:
    try:
        with session.begin_nested():
            session.add(correction)
            found.serial = correction.after
    except IntegrityError:
        raise Malformed(_taken(found, correction.after)) from None


def _taken(found: SerialNumber, serial: str) -> FieldError:
    text = f"Die Seriennummer {serial} wurde für {found.sku} schon geliefert."
    return FieldError("after", "serial_taken", text)


def _errors(
    session: Session, found: SerialNumber, typed: tuple[str, ...], reason: str
) -> list[FieldError]:
    errors = []
    if len(typed) != 1 or len(typed[0]) > LONGEST_SERIAL:
        text = f"Bitte geben Sie eine Seriennummer mit 1 bis {LONGEST_SERIAL} Zeichen an."
        errors.append(FieldError("after", "serial_length", text))
    elif typed[0] == found.serial:
        text = f"Die Seriennummer {found.serial} ist unverändert."
        errors.append(FieldError("after", "unchanged", text))
    elif taken_serials(session, found.sku, typed):
        errors.append(_taken(found, typed[0]))
    if not reason or len(reason) > LONGEST_REASON:
        text = "Bitte nennen Sie den Grund der Korrektur, zum Beispiel „Zahlendreher beim Tippen“."
        errors.append(FieldError("reason", "reason_missing", text))
    return errors
