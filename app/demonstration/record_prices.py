"""Invented market prices for part of the orders: some above the framework's, some below."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.demand.rules import BoughtBy
from app.demonstration.acts import Stage
from app.kernel.legal_day import legal_day
from app.kernel.unit_price import UnitPrice
from app.members.asking import MemberSeen
from app.ordering.market.check_market_price import check_market_price
from app.ordering.market.forms import CheckSent
from app.ordering.market.rules import MarketOutcome, Source
from app.ordering.records import CallOff, CallOffLine
from app.savings.entering.record_market_price import record_market_price
from app.savings.forms import MarketPriceSent

CHEAPER: Final = 97  # percent of the framework's price
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
    submitted_at, person_id, sku, price = rows[-1]
    _check_one_price(stage, sku, price, person_id, submitted_at)
    return recorded


def _check_one_price(
    stage: Stage, sku: str, price: UnitPrice, person_id: int, at: datetime
) -> None:
    """One article as a member checks it: cheaper elsewhere, called off all the same."""
    member, day = stage.cast.member, legal_day(at)
    cheaper = UnitPrice(price.ten_thousandths * CHEAPER // 10_000 * 100)
    sent = CheckSent(
        sku=sku,
        quantity=1,
        sources=(
            Source("Versandhaus Beispiel, Demonstrationsdaten", day, cheaper),
            Source("Preisliste des Herstellers", day, price, is_list_price=True),
        ),
        files={},
        outcome=MarketOutcome.CALLED_OFF,
        reason="Einrichtung und Vor-Ort-Garantie sind im Vertragspreis enthalten.",
        bought_by=BoughtBy.DIRECT_PURCHASE,
    )
    seen = MemberSeen(member.id, member.key, member.name)
    check_market_price(stage.session, seen, person_id, sent, at)


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
