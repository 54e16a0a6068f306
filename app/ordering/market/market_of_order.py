"""What the market asks for the goods of one order, as rule O-02 judges it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.eligibility.judging.case import MarketCheck
from app.kernel.money import Money
from app.ordering.market.queries import Checked, latest_checks
from app.ordering.records import CallOff, CallOffLine


def market_of_order(session: Session, found: CallOff, now: datetime) -> MarketCheck | None:
    """The order at the cheapest prices found; None where nobody looked at the market.

    An article without a check, or without a comparable price, counts with its own price.
    """
    skus = {line.sku for line in found.lines}
    checked = latest_checks(session, Tenant(found.member_id), skus, now)
    if not checked:
        return None
    reasons = [one.check.reason.strip() for one in checked.values() if one.check.reason.strip()]
    return MarketCheck(
        lowest=Money.total(_cheapest(line, checked.get(line.sku)) for line in found.lines),
        sources=sum(len(one.sources) for one in checked.values()),
        reason="; ".join(reasons),
    )


def _cheapest(line: CallOffLine, seen: Checked | None) -> Money:
    prices = [
        price.unit_price
        for price in (() if seen is None else seen.sources)
        if price.same_specification and not price.is_list_price
    ]
    return min([line.net, *(price.times(line.quantity) for price in prices)])
