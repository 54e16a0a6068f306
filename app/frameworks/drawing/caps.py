"""Reads of the caps of single articles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.cap_records import ArticleCap
from app.frameworks.records import Lot


def caps_of(session: Session, framework_id: int) -> Sequence[tuple[ArticleCap, Lot]]:
    """Those that hold, by lot and article number."""
    rows = session.execute(
        select(ArticleCap, Lot)
        .join(Lot, Lot.id == ArticleCap.lot_id)
        .where(Lot.framework_id == framework_id, ArticleCap.maximum_quantity.is_not(None))
        .order_by(Lot.number, ArticleCap.sku)
    )
    return [(cap, lot) for cap, lot in rows]


def cap_of(session: Session, lot: Lot, sku: str) -> ArticleCap | None:
    """Of one article; costs nothing in lots without caps."""
    if not lot.has_caps:
        return None
    return session.scalar(
        select(ArticleCap).where(
            ArticleCap.lot_id == lot.id,
            ArticleCap.sku == sku,
            ArticleCap.maximum_quantity.is_not(None),
        )
    )
