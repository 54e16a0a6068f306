"""Named reads of comparisons."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ordering.basket.contents import Owner
from app.ordering.comparing.comparison import Comparison
from app.ordering.comparing.records import BasketComparison, CallOffComparison


@dataclass(frozen=True, slots=True)
class Kept:
    """A comparison beside the basket."""

    id: int
    comparison: Comparison


def kept_comparisons(session: Session, owner: Owner) -> tuple[Kept, ...]:
    """Of one person for one member, the oldest first."""
    rows = session.execute(
        select(BasketComparison.id, BasketComparison.content)
        .where(
            BasketComparison.member_id == owner.member_id,
            BasketComparison.person_id == owner.person_id,
        )
        .order_by(BasketComparison.id)
    )
    return tuple(Kept(row.id, Comparison.from_json(row.content)) for row in rows)


def comparisons_of(session: Session, call_off_id: int) -> tuple[Comparison, ...]:
    """Those that were attached to an order; the caller has checked whose it is."""
    rows = session.scalars(
        select(CallOffComparison.content)
        .where(CallOffComparison.call_off_id == call_off_id)
        .order_by(CallOffComparison.id)
    )
    return tuple(Comparison.from_json(content) for content in rows)
