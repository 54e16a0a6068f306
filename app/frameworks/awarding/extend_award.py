"""Giving the supplier who has a call-off what was ordered on top of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import SupplierAward
from app.frameworks.awarding.suppliers import standing_awards
from app.frameworks.drawing.draw import Draw
from app.frameworks.supplier_choice import AwardEvent


def extend_award(session: Session, subject: str, draws: Sequence[Draw], now: datetime) -> None:
    """Counts in a rotation like any other part; nothing to do where there is a single supplier."""
    standing = standing_awards(session, subject)
    rows = [
        {
            "framework_id": seen.award.framework_id,
            "lot_id": draw.lot_id,
            "supplier_id": seen.supplier.id,
            "subject": subject,
            "event": AwardEvent.CHOSEN,
            "value": draw.value,
            "reason": seen.award.reason,
            "at": now,
        }
        for draw in draws
        if (seen := standing.get(draw.lot_id)) is not None
    ]
    if rows:
        session.execute(insert(SupplierAward), rows)
