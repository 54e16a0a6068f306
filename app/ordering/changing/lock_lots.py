"""Keeping the lots of an order for oneself before a change moves some of them twice."""

from sqlalchemy.orm import Session

from app.frameworks.drawing.draw_statements import LOCK_LOTS
from app.ordering.records import CallOff


def lock_lots(session: Session, found: CallOff) -> None:
    """In the order of all draws, by id; call it before the first of them and before budgets."""
    lots = sorted({line.lot_id for line in found.lines})
    session.execute(LOCK_LOTS, {"lots": lots})
