"""Setting and lifting a legal hold: two lines on record, each with its reason."""

import re
from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.audit.append import COOPERATIVE, Happening, append
from app.frameworks.records import Framework
from app.kernel.errors import FieldError, Malformed, NotFound, too_long
from app.members.records import Member
from app.retention.records import LegalHold

LONGEST_REASON: Final = 300
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
UNKNOWN = (
    "Bitte schreiben Sie „alles“, „Mitglied“ mit seinem Schlüssel, „Person“ oder „Rahmenvertrag“ "
    "mit der Nummer."
)


def set_hold(
    session: Session, subject: str, reason: str, person_id: int, now: datetime
) -> LegalHold:
    """Malformed where the subject does not exist or nobody says why."""
    faults = []
    if not _exists(session, subject):
        faults.append(FieldError("subject", "unknown", UNKNOWN))
    if not reason:
        faults.append(FieldError("reason", "missing", "Bitte nennen Sie den Grund."))
    faults += too_long("reason", reason, LONGEST_REASON)
    if faults:
        raise Malformed(*faults)
    row = LegalHold(subject=subject, reason=reason, set_at=now, set_by=person_id)
    session.add(row)
    session.flush()
    _tell(session, "hold_set", row, (reason, person_id), now)
    return row


def lift_hold(session: Session, number: int, reason: str, person_id: int, now: datetime) -> None:
    """NotFound where it does not stand any more; Malformed where nobody says why."""
    row = session.get(LegalHold, number)
    if row is None or row.lifted_at is not None:
        raise NotFound("Diese Sperre besteht nicht.")
    if not reason:
        raise Malformed(FieldError("lift_reason", "missing", "Bitte nennen Sie den Grund."))
    if faults := too_long("lift_reason", reason, LONGEST_REASON):
        raise Malformed(*faults)
    row.lifted_at, row.lifted_by, row.lift_reason = now, person_id, reason
    session.flush()
    _tell(session, "hold_lifted", row, (reason, person_id), now)


def _exists(session: Session, subject: str) -> bool:
    kind, _, key = subject.partition(":")
    if kind == "member":
        return bool(session.scalar(select(exists().where(Member.key == key))))
    if kind == "framework":
        return bool(session.scalar(select(exists().where(Framework.number == key))))
    if kind == "person":
        return NUMBER.fullmatch(key) is not None and session.get(Person, int(key)) is not None
    return subject == "all"


def _tell(
    session: Session, action: str, row: LegalHold, said: tuple[str, int], now: datetime
) -> None:
    reason, person_id = said
    payload: dict[str, object] = {"subject": row.subject, "reason": reason}
    happened = Happening(action, f"hold:{row.id}", f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happened)
