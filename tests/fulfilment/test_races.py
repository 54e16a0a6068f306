"""Two desks at the same time: the last piece and the same serial number are booked once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.records import Delivery, SerialNumber
from app.fulfilment.rules import DeliveredLine
from app.kernel.errors import DomainError
from app.ordering.placing.records import NumberSeries
from app.ordering.queries import lock_call_off
from app.ordering.wanted import Actor
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.orders import confirmed, ready
from tests.support.world import MONITOR, NOTEBOOK

DESKS = 6


def _at_once(database: Database, works: list[Callable[[Session], None]]) -> list[str]:
    """How each ended: `booked` or the code of its refusal."""
    start = Barrier(len(works))

    def run(work: Callable[[Session], None]) -> str:
        start.wait()
        try:
            with database.sessions.begin() as session:
                work(session)
        except DomainError as error:
            return error.code
        return "booked"

    with ThreadPoolExecutor(len(works)) as desks:
        return sorted(desks.map(run, works))


def _book(number: str, by: int, line: DeliveredLine) -> Callable[[Session], None]:
    def work(session: Session) -> None:
        found = lock_call_off(session, number, EVERY_MEMBER)
        record_delivery(session, found, (line,), Actor(by, None), NOON)

    return work


def test_the_last_piece_is_booked_by_one_desk(database: Database, session: Session) -> None:
    world = ready(session)
    number, by = confirmed(session, world, {MONITOR: 1}).number, world.desk.id
    session.commit()

    ends = _at_once(database, [_book(number, by, DeliveredLine(MONITOR, 1))] * DESKS)

    assert ends == ["booked"] + ["nothing_to_deliver"] * (DESKS - 1)
    assert session.scalar(select(func.count()).select_from(Delivery)) == 1
    assert session.get_one(NumberSeries, f"delivery:{number}").last == 1


def test_the_same_serial_number_at_several_orders_is_booked_once(
    database: Database, session: Session
) -> None:
    world = ready(session)
    numbers = [confirmed(session, world, {NOTEBOOK: 1}).number for _ in range(DESKS)]
    by, line = world.desk.id, DeliveredLine(NOTEBOOK, 1, ("SN-1",))
    session.commit()

    ends = _at_once(database, [_book(number, by, line) for number in numbers])

    assert ends == ["booked"] + ["malformed"] * (DESKS - 1)
    assert session.scalar(select(func.count()).select_from(SerialNumber)) == 1
    assert session.scalar(select(func.count()).select_from(Delivery)) == 1
