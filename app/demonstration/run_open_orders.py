"""Orders of the last weeks before the start: one or more in every state a page can show."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from app.demonstration import acts
from app.demonstration.acts import Entry, Stage
from app.demonstration.plan import Buyer, Need, Spent
from app.kernel.legal_day import BERLIN, legal_day
from app.kernel.working_days import is_working_day
from app.ordering.rules import State

SPENT: Final = Spent(order=280, approval=80, receipt=70, invoice=50, outside_minutes=45)
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """How many working days ago it was submitted, and how far it has come."""

    days_ago: int
    buyer: Buyer
    need: Need
    reaches: State
    pick: int


OPEN_ORDERS: Final = (
    OpenOrder(19, Buyer.IT, Need.WORKPLACE, State.CONFIRMED, 5),  # overdue
    OpenOrder(12, Buyer.CENTRAL, Need.PRINT, State.INVOICED, 70),
    OpenOrder(11, Buyer.SCHOOL, Need.WORKPLACE, State.DELIVERED, 1201),
    OpenOrder(9, Buyer.IT, Need.WORKPLACE, State.PARTIALLY_DELIVERED, 33),
    OpenOrder(8, Buyer.SCHOOL, Need.PRINT, State.REJECTED, 402),
    OpenOrder(7, Buyer.CENTRAL, Need.WORKPLACE, State.CANCELLED, 88),
    OpenOrder(5, Buyer.SCHOOL, Need.WORKPLACE, State.CONFIRMED, 917),
    OpenOrder(4, Buyer.IT, Need.PRINT, State.PLACED, 251),
    OpenOrder(2, Buyer.CENTRAL, Need.WORKPLACE, State.PLACED, 640),
    OpenOrder(1, Buyer.IT, Need.WORKPLACE, State.IN_APPROVAL, 1033),
    OpenOrder(1, Buyer.SCHOOL, Need.PRINT, State.IN_APPROVAL, 77),
)
WAY: Final = (
    State.IN_APPROVAL,
    State.PLACED,
    State.CONFIRMED,
    State.PARTIALLY_DELIVERED,
    State.DELIVERED,
    State.INVOICED,
)


def run_open_orders(stage: Stage, start: datetime) -> int:
    """Each is submitted in the morning of its day; the steps follow day by day."""
    for order in OPEN_ORDERS:
        _run(stage, order, start)
    neighbour = Entry(stage.cast.neighbour, Need.WORKPLACE, 510)
    acts.submitted(stage, neighbour, _morning(start, 1) + 2 * HOUR)
    return len(OPEN_ORDERS) + 1


def _run(stage: Stage, order: OpenOrder, start: datetime) -> None:
    orderer = stage.cast.buyers[order.buyer]
    at = _morning(start, order.days_ago)
    entry = Entry(orderer, order.need, order.pick, SPENT.outside_minutes)
    number = acts.submitted(stage, entry, at)
    acts.spend(stage, number, acts.ORDER, SPENT.order, at)
    if order.reaches is State.REJECTED:
        acts.reject(stage, number, SPENT, at + HOUR)
        return
    if order.reaches is State.CANCELLED:
        acts.cancel(stage, number, orderer, at + HOUR)
        return
    _advance(stage, order, number, at)


def _advance(stage: Stage, order: OpenOrder, number: str, at: datetime) -> None:
    """Every step of the way up to the state that the order reaches."""
    far = WAY.index(order.reaches)
    if far >= WAY.index(State.PLACED):
        acts.approve(stage, number, SPENT, at + HOUR)
    if far >= WAY.index(State.CONFIRMED):
        acts.confirm(stage, number, at + 2 * HOUR)
    if order.reaches is State.PARTIALLY_DELIVERED:
        acts.deliver(stage, number, at + 3 * HOUR, partly=True)
        acts.ask(stage, number, stage.cast.buyers[order.buyer], at + 5 * HOUR)
    elif far >= WAY.index(State.DELIVERED):
        acts.deliver(stage, number, at + 3 * HOUR)
    if order.reaches is State.INVOICED:
        acts.receive(stage, number, stage.cast.buyers[order.buyer], SPENT, at + 4 * HOUR)
        acts.invoice(stage, number, at + 5 * HOUR)


def _morning(start: datetime, days_ago: int) -> datetime:
    """Eight o'clock in Germany, so many working days before `start`."""
    day = legal_day(start)
    left = days_ago
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day)
    return datetime.combine(day, time(8), tzinfo=BERLIN)
