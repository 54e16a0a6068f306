"""The invented year keeps the council paper's volume and the rules of the report."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.demonstration.plan import Buyer, Ending, PlannedOrder, planned_orders
from app.kernel.legal_day import legal_day
from app.kernel.month import Month

STARTS = [
    datetime(year, month, day, 11, tzinfo=UTC)
    for year, month, day in [
        (2026, 11, 21),
        (2026, 3, 1),
        (2027, 1, 1),
        (2028, 2, 29),
        (2026, 12, 31),
    ]
]


def completed(start: datetime) -> list[PlannedOrder]:
    return [order for order in planned_orders(start) if order.ending is Ending.COMPLETED]


@pytest.mark.parametrize("start", STARTS)
def test_every_month_but_the_thin_one_has_enough_for_a_statement(start: datetime) -> None:
    orders = completed(start)
    per_month = Counter(Month.of(legal_day(order.completed)) for order in orders)

    assert len(per_month) == 12
    assert min(per_month.values()) == 6
    assert all(13 <= count <= 16 for count in sorted(per_month.values())[1:])
    assert 140 <= len(orders) < 230
    for month in per_month:
        mine = [o for o in orders if Month.of(legal_day(o.completed)) == month]
        assert {order.buyer for order in mine} == set(Buyer)
        known = sum(order.spent.outside_minutes is not None for order in mine)
        assert known * 2 >= len(mine)
        assert known >= 10 or len(mine) == 6


@pytest.mark.parametrize("start", STARTS)
def test_the_days_of_an_order_follow_each_other_and_end_before_the_start(start: datetime) -> None:
    for order in planned_orders(start):
        days = (
            order.submitted,
            order.decided,
            order.confirmed,
            order.delivered,
            order.received,
            order.invoiced,
            order.completed,
        )
        assert all(earlier < later for earlier, later in pairwise(days))
        assert Month.of(legal_day(order.submitted)) == Month.of(legal_day(order.completed))
        assert order.completed < start


@pytest.mark.parametrize("start", STARTS)
def test_no_two_orders_of_a_unit_and_agreement_are_one_need(start: datetime) -> None:
    last: dict[tuple[str, str], datetime] = {}
    for order in sorted(planned_orders(start), key=lambda order: order.submitted):
        before = last.get((order.buyer, order.need))
        assert before is None or order.submitted - before >= timedelta(hours=24)
        last[order.buyer, order.need] = order.submitted


def test_the_same_start_gives_the_same_year() -> None:
    assert planned_orders(STARTS[0]) == planned_orders(STARTS[0])
