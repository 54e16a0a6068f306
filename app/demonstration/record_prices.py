"""Invented market prices for part of the orders: some above the framework's, some below."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.demonstration.acts import Stage
from app.kernel.legal_day import legal_day
from app.kernel.unit_price import UnitPrice
from app.ordering.records import CallOff, CallOffLine
from app.savings.forms import MarketPriceSent
from app.savings.record_market_price import record_market_price

SOURCE: Final = "Vergleichsangebot, Demonstrationsdaten"
# Market price in percent of the framework's, by turns; None: nobody looked.
COMPARED: Final = (108, None, 104, 97, None, 112, 106, 95, None, 109)


def record_prices(stage: Stage) -> int:
    """For the lines of the year in turn, dated three days before the order."""
    rows = stage.session.execute(
        select(CallOff.submitted_at, CallOff.ordered_by, CallOffLine.sku, CallOffLine.unit_price)
        .join(CallOffLine, CallOffLine.call_off_id == CallOff.id)
        .where(CallOff.member_id == stage.cast.member.id)
        .order_by(CallOff.id, CallOffLine.position)
    ).all()
    recorded = 0
    for position, (submitted_at, person_id, sku, price) in enumerate(rows):
        percent = COMPARED[position % len(COMPARED)]
        if percent is None:
            continue
        recorded += 1
        _record(stage, sku, price, percent, (person_id, submitted_at))
    return recorded


def _record(
    stage: Stage, sku: str, price: UnitPrice, percent: int, seen: tuple[int, datetime]
) -> None:
    person_id, at = seen
    sent = MarketPriceSent(
        sku=sku,
        unit_price=UnitPrice(price.ten_thousandths * percent // 10_000 * 100),
        source=SOURCE,
        seen_on=legal_day(at - timedelta(days=3)),
        same_specification=True,
        is_list_price=False,
    )
    record_market_price(
        stage.session, stage.cast.member.id, sent, person_id, at, demonstration=True
    )
