"""Giving back everything that an order held while nobody had approved it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.frameworks.awarding.end_award import end_award
from app.frameworks.drawing import draw
from app.frameworks.supplier_choice import AwardEvent
from app.ordering.act import draws
from app.ordering.charging.move_charges import release_charges
from app.ordering.records import CallOff


def free_reservation(
    session: Session, found: CallOff, person_id: int | None, reason: str, now: datetime
) -> None:
    """The room of its lots, the supplier's turn and the budget; `person_id` None: the portal."""
    held, returned = draws(found.lines), AwardEvent.RETURNED
    draw.release(session, held, found.number, now)
    end_award(session, found.number, held, returned, now, reason=reason, person_id=person_id)
    release_charges(session, found, person_id, reason, now)
