"""Another period in the schedule: from a day on, with its basis, never below the law."""

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.errors import FieldError, Malformed, too_long
from app.kernel.german import number
from app.retention.records import RetentionRule
from app.retention.rules import STANDARD, UNIT_WORDS, Kept

LONGEST = 3650
LONGEST_BASIS: Final = 200


def change_period(
    session: Session, kind: Kept, period: tuple[int, str, date], person_id: int, now: datetime
) -> None:
    """`period` is the amount in the unit of the standard, its basis and first day."""
    amount, basis, valid_from = period
    rule = next(one for one in STANDARD if one.kind is kind)
    faults = []
    least, unit = max(rule.least, 1), UNIT_WORDS[rule.unit]
    if amount < least:
        text = f"Die Frist muss mindestens {least} {unit} betragen ({rule.basis})."
        faults.append(FieldError("amount", "too_short", text))
    elif amount > LONGEST:
        text = f"Die Frist darf höchstens {number(LONGEST)} {unit} betragen."
        faults.append(FieldError("amount", "too_long", text))
    if not basis:
        text = "Bitte nennen Sie die Rechtsgrundlage oder den Beschluss."
        faults.append(FieldError("basis", "missing", text))
    faults += too_long("basis", basis, LONGEST_BASIS)
    if faults:
        raise Malformed(*faults)
    session.add(
        RetentionRule(
            kind=kind,
            amount=amount,
            basis=basis,
            valid_from=valid_from,
            recorded_at=now,
            recorded_by=person_id,
        )
    )
    said: dict[str, object] = {
        "kind": kind.value,
        "amount": amount,
        "basis": basis,
        "valid_from": valid_from.isoformat(),
    }
    happened = Happening("retention_changed", f"retention:{kind}", f"person:{person_id}", said)
    append(session, COOPERATIVE, now, happened)
