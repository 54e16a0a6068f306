"""Long work has a lane of its own, transactions of its own, and keeps its place."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.outbox.claim import Lane
from app.outbox.deliver import Bench, Carriers, deliver_next
from app.outbox.enqueue import job, send_mail
from app.outbox.post import Mail
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.databases import Database


def waiting(database: Database) -> None:
    with database.sessions.begin() as session:
        job(session, "long", {"number": 1}, NOON, "long:1")
        send_mail(session, "it@example.org", "Betreff", "Text", NOON, "mail:1")


def test_mail_does_not_wait_behind_long_work(database: Database) -> None:
    waiting(database)
    sent: list[Mail] = []
    done: list[int] = []

    def work(_bench: Bench, payload: dict[str, Any]) -> None:
        done.append(payload["number"])

    carriers = Carriers(sent.append, {}, {"long": work})

    assert deliver_next(database.sessions, carriers, NOON, Lane.SHORT)
    assert not deliver_next(database.sessions, carriers, NOON, Lane.SHORT)
    assert (len(sent), done) == (1, [])
    assert deliver_next(database.sessions, carriers, NOON, Lane.LONG)
    assert not deliver_next(database.sessions, carriers, NOON, Lane.LONG)
    assert (len(sent), done) == (1, [1])


def test_long_work_that_says_it_is_alive_is_not_taken_up_by_another(database: Database) -> None:
    waiting(database)
    taken: list[bool] = []
    later = NOON + timedelta(minutes=6)

    def work(bench: Bench, _payload: dict[str, Any]) -> None:
        with bench.sessions.begin() as session:
            bench.stay(session)
        nothing = Carriers(lambda _mail: None, {}, {"long": lambda _bench, _payload: None})
        taken.append(deliver_next(database.sessions, nothing, later, Lane.LONG))

    carriers = Carriers(lambda _mail: None, {}, {"long": work})
    deliver_next(database.sessions, carriers, NOON, Lane.LONG, lambda: later)

    assert taken == [False]


def test_long_work_that_fails_is_tried_again(database: Database) -> None:
    waiting(database)

    def fails(_bench: Bench, _payload: dict[str, Any]) -> None:
        raise OSError

    carriers = Carriers(lambda _mail: None, {}, {"long": fails})
    deliver_next(database.sessions, carriers, NOON, Lane.LONG)

    with database.sessions() as session:
        message = session.scalars(select(OutboxMessage).where(OutboxMessage.name == "long")).one()
    assert (message.done_at, message.last_error, message.attempts) == (None, "OSError", 1)
