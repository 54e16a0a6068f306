"""What an earlier order cost, and what became of it: a repeated order never hides that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.unit_price import UnitPrice
from app.ordering.filling.price_again import changes_since
from app.ordering.filling.rules_changes import Changed, Remembered
from app.ordering.price_lines import PricedLine
from app.ordering.records import CallOff, CallOffLine


@dataclass(frozen=True, slots=True)
class EarlierPrices:
    """Unit prices of then by article, and everything that is different today."""

    number: str
    ordered_on: datetime
    prices: Mapping[str, UnitPrice]
    changes: tuple[Changed, ...]


def earlier_prices(
    session: Session, tenant: Tenant, number: str, today: Mapping[str, PricedLine]
) -> EarlierPrices | None:
    """None where the number is no call-off of this member. `today`: the same lines now.

    Lines that were left out of the order on purpose are no change.
    """
    rows = session.execute(
        select(
            CallOff.submitted_at,
            CallOffLine.sku,
            CallOffLine.name,
            CallOffLine.quantity,
            CallOffLine.unit_price,
        )
        .join(CallOffLine, CallOffLine.call_off_id == CallOff.id)
        .where(CallOff.number == number, tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .order_by(CallOffLine.position)
    ).all()
    if not rows:
        return None
    still = [
        Remembered(row.sku, row.quantity, row.name, row.unit_price)
        for row in rows
        if row.sku in today
    ]
    return EarlierPrices(
        number,
        rows[0].submitted_at,
        {row.sku: row.unit_price for row in rows},
        changes_since(still, today),
    )
