"""Ending a wish without carrying it out: what was reserved for it goes back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.frameworks.drawing import draw
from app.ordering.changing.growth import reserved_draws
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeStep
from app.ordering.records import CallOff
from app.ordering.rules import Side


def close(  # noqa: PLR0913 - who ends it when and why
    session: Session,
    found: CallOff,
    change: CallOffChange,
    step: ChangeStep,
    now: datetime,
    *,
    by: int | None = None,
    side: Side = Side.PORTAL,
    reason: str = "",
) -> None:
    """Raises IllegalStep before anything changes; the trail is the caller's."""
    held = reserved_draws(found, change)
    change.take(step, by, side, now, reason)
    if held:
        draw.release(session, held, found.number, now)
