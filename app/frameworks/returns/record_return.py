"""A supplier's monthly return, which the desk enters and the portal holds against the orders."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.frameworks.agreement_records import SupplierReturn
from app.frameworks.amending.lock_framework import lock_framework
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import Month


def record_return(  # noqa: PLR0913 - who says what about which month
    session: Session,
    person_id: int,
    number: str,
    month: Month,
    declared: Money,
    now: datetime,
    *,
    note: str = "",
) -> SupplierReturn:
    """A second return for the month corrects the first; nothing sold is 0. Raises Malformed."""
    framework = lock_framework(session, number, None).framework
    errors = []
    if month.last >= legal_day(now):
        errors.append(FieldError("month", "not_over", "Dieser Monat ist noch nicht zu Ende."))
    if month.last < framework.valid_from:
        text = "In diesem Monat lief der Vertrag noch nicht."
        errors.append(FieldError("month", "before_begin", text))
    if errors:
        raise Malformed(*errors)
    made = SupplierReturn(
        framework_id=framework.id,
        month=month.text,
        declared=declared,
        fee_points=framework.fee_points,
        note=note,
        person_id=person_id,
        at=now,
    )
    session.add(made)
    session.flush()
    payload: dict[str, object] = {"month": month.text, "declared_cents": declared.cents}
    happening = Happening("framework.return", number, f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
    return made
