"""Giving a call-off to the suppliers whom the published rule names, per lot and on record."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import SupplierAward
from app.frameworks.drawing.draw import Draw
from app.frameworks.supplier_choice import AwardEvent, Choice


def award_supplier(
    session: Session,
    framework_id: int,
    awarded: Sequence[tuple[Draw, Choice]],
    subject: str,
    now: datetime,
) -> None:
    """What is drawn of a lot counts as given from now on; the rotation goes by it."""
    session.execute(
        insert(SupplierAward),
        [
            {
                "framework_id": framework_id,
                "lot_id": draw.lot_id,
                "supplier_id": choice.supplier.id,
                "subject": subject,
                "event": AwardEvent.CHOSEN,
                "value": draw.value,
                "reason": choice.reason,
                "at": now,
            }
            for draw, choice in awarded
        ],
    )
