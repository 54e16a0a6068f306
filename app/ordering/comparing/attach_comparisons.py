"""Give an order the comparisons that helped to choose its articles."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.ordering.basket.contents import Owner
from app.ordering.comparing.queries import kept_comparisons
from app.ordering.comparing.records import BasketComparison, CallOffComparison
from app.ordering.records import CallOff


def attach_comparisons(
    session: Session, owner: Owner, number: str, skus: Collection[str], now: datetime
) -> int:
    """Those that name one of the ordered articles leave the basket for the order; how many."""
    used = [one for one in kept_comparisons(session, owner) if one.comparison.names_one_of(skus)]
    if not used:
        return 0
    call_off_id = session.scalars(
        select(CallOff.id).where(CallOff.number == number, CallOff.member_id == owner.member_id)
    ).one()
    session.add_all(
        CallOffComparison(
            call_off_id=call_off_id,
            member_id=owner.member_id,
            content=one.comparison.as_json(),
            kept_at=now,
        )
        for one in used
    )
    ids = [one.id for one in used]
    session.execute(delete(BasketComparison).where(BasketComparison.id.in_(ids)))
    session.flush()
    return len(used)
