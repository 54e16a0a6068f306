"""The invented year, lived through in the order of its days."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import IntEnum

from app.demonstration import acts
from app.demonstration.acts import Entry, Stage
from app.demonstration.plan import Ending, PlannedOrder


class Step(IntEnum):
    SUBMIT = 1
    DECIDE = 2
    CONFIRM = 3
    DELIVER = 4
    RECEIVE = 5
    INVOICE = 6
    COMPLETE = 7


def run_past_orders(stage: Stage, planned: Sequence[PlannedOrder]) -> int:
    """All steps of all orders by their time, so that numbers and chains run as in real life."""
    numbers: dict[int, str] = {}
    by_position = {order.position: order for order in planned}
    for at, position, step in sorted(event for order in planned for event in _events(order)):
        _take(stage, by_position[position], step, at, numbers)
    return len(numbers)


def _events(order: PlannedOrder) -> Iterator[tuple[datetime, int, Step]]:
    times = {
        Step.SUBMIT: order.submitted,
        Step.DECIDE: order.decided,
        Step.CONFIRM: order.confirmed,
        Step.DELIVER: order.delivered,
        Step.RECEIVE: order.received,
        Step.INVOICE: order.invoiced,
        Step.COMPLETE: order.completed,
    }
    last = Step.COMPLETE if order.ending is Ending.COMPLETED else Step.DECIDE
    for step, at in times.items():
        if step <= last:
            yield at, order.position, step


def _take(
    stage: Stage, order: PlannedOrder, step: Step, at: datetime, numbers: dict[int, str]
) -> None:
    orderer = stage.cast.buyers[order.buyer]
    if step is Step.SUBMIT:
        entry = Entry(orderer, order.need, order.pick, order.spent.outside_minutes)
        number = acts.submitted(stage, entry, at)
        acts.spend(stage, number, acts.ORDER, order.spent.order, at)
        numbers[order.position] = number
        return
    number = numbers[order.position]
    match step:
        case Step.DECIDE:
            _decide(stage, order, number, at)
        case Step.CONFIRM:
            acts.confirm(stage, number, at)
        case Step.DELIVER:
            acts.deliver(stage, number, at)
        case Step.RECEIVE:
            acts.receive(stage, number, orderer, order.spent, at)
        case Step.INVOICE:
            acts.invoice(stage, number, at)
        case Step.COMPLETE:
            acts.complete(stage, number, orderer, order.spent, at)


def _decide(stage: Stage, order: PlannedOrder, number: str, at: datetime) -> None:
    match order.ending:
        case Ending.COMPLETED:
            acts.approve(stage, number, order.spent, at)
        case Ending.REJECTED:
            acts.reject(stage, number, order.spent, at)
        case Ending.CANCELLED:
            acts.cancel(stage, number, stage.cast.buyers[order.buyer], at)
