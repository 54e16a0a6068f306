"""An order that takes the place of a declined one: who is out of that is out of this."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import SupplierAward
from app.frameworks.awarding.suppliers import PASSED, awards_of
from app.kernel.money import NOTHING


def carry_refusals(session: Session, number: str, subject: str, now: datetime) -> None:
    """Copies what the suppliers answered to the call-off `number` to `subject`."""
    rows = [
        {
            "framework_id": seen.award.framework_id,
            "lot_id": seen.award.lot_id,
            "supplier_id": seen.supplier.id,
            "subject": subject,
            "event": seen.award.event,
            "value": NOTHING,
            "reason": f"Abruf {number}, an dessen Stelle dieser tritt: {seen.award.reason}",
            "at": now,
        }
        for seen in awards_of(session, number)
        if seen.award.event in PASSED
    ]
    if rows:
        session.execute(insert(SupplierAward), rows)
