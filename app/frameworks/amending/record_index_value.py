"""Recording a published value of a price index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.frameworks.agreement_records import IndexValue
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.month import Month


@dataclass(frozen=True, slots=True)
class Published:
    """A value as the statistical office gave it out; 117.3 is 11730."""

    index_name: str
    month: Month
    hundredths: int
    source: str


def record_index_value(
    session: Session, person_id: int | None, value: Published, now: datetime
) -> None:
    """A value of a past month; a second one for the same month corrects the first."""
    errors = []
    if not value.index_name:
        errors.append(FieldError("index_name", "missing", "Bitte nennen Sie den Preisindex."))
    if not value.source:
        text = "Bitte nennen Sie die Quelle, zum Beispiel die Veröffentlichung."
        errors.append(FieldError("source", "missing", text))
    if value.hundredths <= 0:
        text = "Bitte geben Sie den Indexwert an, zum Beispiel 117,3."
        errors.append(FieldError("value", "number", text))
    if value.month.last >= legal_day(now):
        text = "Dieser Monat ist noch nicht zu Ende."
        errors.append(FieldError("month", "not_over", text))
    if errors:
        raise Malformed(*errors)
    session.add(
        IndexValue(
            index_name=value.index_name,
            month=value.month.text,
            hundredths=value.hundredths,
            source=value.source,
            person_id=person_id,
            at=now,
        )
    )
    session.flush()
    payload: dict[str, object] = {
        "month": value.month.text,
        "hundredths": value.hundredths,
        "source": value.source,
    }
    actor = "portal" if person_id is None else f"person:{person_id}"
    append(session, COOPERATIVE, now, Happening("index.recorded", value.index_name, actor, payload))
