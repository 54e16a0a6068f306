"""Numbers without gaps: many at once, with failures in between, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from app.database.tenant import EVERY_MEMBER
from app.invoicing.cancel_invoice import cancel_invoice
from app.invoicing.check_numbers import check_numbers
from app.invoicing.issue_invoice import NothingToInvoice, issue_invoice
from app.invoicing.records import Invoice
from app.kernel.errors import Conflict
from app.ordering.placing.records import NumberSeries
from app.ordering.wanted import Actor
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.invoices import operating_company
from tests.support.orders import confirmed, delivered, ready
from tests.support.world import MONITOR

ISSUER = operating_company()
ORDERS = 20
WORKERS = 8


def prepared(database: Database, orders: int) -> tuple[int, list[str]]:
    """The desk's id and the numbers of orders that are delivered."""
    numbers = []
    with database.sessions() as session:
        world = ready(session)
        for _ in range(orders):
            found = confirmed(session, world, {MONITOR: 1})
            delivered(session, world, found, (MONITOR, 1, ()))
            numbers.append(found.number)
        desk = world.desk.id
        session.commit()
    return desk, numbers


def at_once(jobs: list[Callable[[], str]]) -> list[str]:
    """The answers of all jobs; as many as there are workers begin together."""
    barrier = Barrier(WORKERS)

    def run(place: int, job: Callable[[], str]) -> str:
        if place < WORKERS:
            barrier.wait(timeout=30)
        return job()

    with ThreadPoolExecutor(WORKERS) as pool:
        futures = [pool.submit(run, place, job) for place, job in enumerate(jobs)]
        return [future.result(timeout=120) for future in futures]


def issuing(database: Database, desk: int, number: str, *, breaks: bool = False) -> str:
    """One transaction; `breaks`: it is rolled back after everything was written."""
    with database.sessions() as session:
        issued = issue_invoice(session, Actor(desk, None), number, EVERY_MEMBER, ISSUER, NOON)
        if breaks:
            session.rollback()
            return "broken"
        answer = issued.code if isinstance(issued, NothingToInvoice) else issued.number
        session.commit()
        return answer


def numbers_of(database: Database) -> list[str]:
    with database.sessions() as session:
        return list(session.scalars(select(Invoice.number).order_by(Invoice.number)))


def dense(count: int) -> list[str]:
    return [f"KID-2026-{place:06}" for place in range(1, count + 1)]


def test_twenty_at_once_with_failures_in_between_leave_no_gap(database: Database) -> None:
    desk, orders = prepared(database, ORDERS)

    answers = at_once(
        [
            lambda number=number, breaks=place % 4 == 3: issuing(  # type: ignore[misc] # bound
                database, desk, number, breaks=breaks
            )
            for place, number in enumerate(orders)
        ]
    )

    assert answers.count("broken") == 5
    assert numbers_of(database) == dense(15)

    for number in orders:
        issuing(database, desk, number)

    assert numbers_of(database) == dense(ORDERS)


def test_the_same_order_at_once_is_invoiced_once(database: Database) -> None:
    desk, (order,) = prepared(database, 1)

    answers = at_once([lambda: issuing(database, desk, order)] * WORKERS)

    assert sorted(answers) == ["KID-2026-000001", *["nothing_to_invoice"] * (WORKERS - 1)]
    assert numbers_of(database) == dense(1)


def test_the_same_invoice_at_once_is_cancelled_once(database: Database) -> None:
    desk, (order,) = prepared(database, 1)
    original = issuing(database, desk, order)

    def cancelling() -> str:
        try:
            with database.sessions.begin() as session:
                actor = Actor(desk, None)
                return cancel_invoice(session, actor, original, EVERY_MEMBER, "Fehler", NOON).number
        except Conflict as refused:
            return refused.code

    answers = at_once([cancelling] * WORKERS)

    assert sorted(answers) == ["KID-2026-000002", *["already_cancelled"] * (WORKERS - 1)]
    assert numbers_of(database) == dense(2)


def test_a_dense_series_has_no_faults_and_a_lost_number_is_named(database: Database) -> None:
    desk, orders = prepared(database, 2)
    for number in orders:
        issuing(database, desk, number)

    with database.sessions() as session:
        sound = check_numbers(session)
        series = session.get_one(NumberSeries, "invoice:KID-2026")
        series.last = 4
        session.flush()
        lost = check_numbers(session)
        series.last = 1
        session.flush()
        ahead = check_numbers(session)

    assert sound == ()
    assert lost == ("Rechnungsnummern KID-2026: es fehlen 3, 4.",)
    assert ahead == ("Rechnungsnummern KID-2026: 2 liegt hinter dem Zähler 1.",)
