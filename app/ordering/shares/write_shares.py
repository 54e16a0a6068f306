"""Writing the shares of a new call-off; whoever splits nothing pays nothing for it."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.together import write
from app.ordering.shares.records import CallOffShare
from app.ordering.shares.rules_shares import Share

# Built once: the object mapper would cost three times as much per order.
_SHARES: Final = insert(table_of(CallOffShare))


def write_shares(
    session: Session, shares: Sequence[Share], call_off_id: int, member_id: int
) -> None:
    parts: dict[str, int] = {}
    rows = []
    for share in shares:
        parts[share.sku] = parts.get(share.sku, 0) + 1
        rows.append(_row(share, parts[share.sku], call_off_id, member_id))
    write(session, _SHARES, *rows)


def add_share(session: Session, share: Share, call_off_id: int, member_id: int) -> None:
    """One more part of a line that is on record; the caller has locked the call-off."""
    last = select(func.max(CallOffShare.part)).where(
        CallOffShare.call_off_id == call_off_id, CallOffShare.sku == share.sku
    )
    part = (session.scalar(last) or 0) + 1
    session.execute(_SHARES, [_row(share, part, call_off_id, member_id)])


def _row(share: Share, part: int, call_off_id: int, member_id: int) -> dict[str, Any]:
    place, coding = share.place, share.coding
    return {
        "call_off_id": call_off_id,
        "member_id": member_id,
        "sku": share.sku,
        "part": part,
        "quantity": share.quantity,
        "recipient": place.recipient,
        "street": place.street,
        "postal_code": place.postal_code,
        "city": place.city,
        "building": place.building,
        "room": place.room,
        "wanted_on": share.wanted_on,
        "product_account": coding.product_account,
        "cost_centre": coding.cost_centre,
        "investment_number": coding.investment_number,
        "budget_year": coding.budget_year,
        "funding_source": coding.funding_source,
        "earmarked_until": coding.earmarked_until,
    }


def shares_of(session: Session, call_off_id: int) -> tuple[Share, ...]:
    """By article and part."""
    rows = session.scalars(
        select(CallOffShare)
        .where(CallOffShare.call_off_id == call_off_id)
        .order_by(CallOffShare.sku, CallOffShare.part)
    )
    return tuple(row.share for row in rows)
