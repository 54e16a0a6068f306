"""Taking a call-off, or part of it, from the supplier who had it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import SupplierAward
from app.frameworks.awarding.suppliers import AwardSeen, standing_awards
from app.frameworks.drawing.draw import Draw
from app.frameworks.supplier_choice import AwardEvent


def end_award(  # noqa: PLR0913 - whose, how it ended, and who says so
    session: Session,
    subject: str,
    draws: Sequence[Draw],
    event: AwardEvent,
    now: datetime,
    *,
    reason: str,
    person_id: int | None,
) -> tuple[AwardSeen, ...]:
    """Those who had it; what they lose no longer counts as given in a rotation."""
    standing = standing_awards(session, subject)
    concerned = [(draw, standing[draw.lot_id]) for draw in draws if draw.lot_id in standing]
    if concerned:
        session.execute(
            insert(SupplierAward),
            [
                {
                    "framework_id": seen.award.framework_id,
                    "lot_id": draw.lot_id,
                    "supplier_id": seen.supplier.id,
                    "subject": subject,
                    "event": event,
                    "value": -draw.value,
                    "reason": reason,
                    "person_id": person_id,
                    "at": now,
                }
                for draw, seen in concerned
            ],
        )
    return tuple(seen for _draw, seen in concerned)
