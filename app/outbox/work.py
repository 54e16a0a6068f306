"""The worker: delivers until it is told to stop, and says that it is alive."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event
from typing import Final

import structlog
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from app.database.faults import reason_of
from app.kernel.legal_day import legal_day
from app.outbox.claim import Lane
from app.outbox.deliver import Carriers, deliver_next
from app.outbox.plan_daily import plan_daily
from app.outbox.records import OutboxMessage, WorkerBeat

log = structlog.get_logger()

LOOK_AGAIN: Final = 2.0
BREATH: Final = 0.05  # between two messages: people who order come before mails that report it
BEAT_EVERY: Final = timedelta(seconds=15)
ALIVE_FOR: Final = timedelta(seconds=90)


def work(
    sessions: sessionmaker[Session],
    carriers: Carriers,
    name: str,
    clock: Callable[[], datetime],
    stop: Event,
    lane: Lane | None = None,
) -> None:
    """Until `stop` is set. A lost database is waited for, not died of."""
    last_beat: datetime | None = None
    planned: date | None = None
    while not stop.is_set():
        now = clock()
        try:
            if last_beat is None or now - last_beat >= BEAT_EVERY:
                beat(sessions, name, now)
                last_beat = now
            if planned != legal_day(now):
                with sessions.begin() as session:
                    plan_daily(session, carriers.daily, now)
                planned = legal_day(now)
            busy = deliver_next(sessions, carriers, now, lane, clock)
        except SQLAlchemyError as error:
            log.warning("worker_waits", reason=reason_of(error))
            busy = False
        stop.wait(BREATH if busy else LOOK_AGAIN)


def beat(sessions: sessionmaker[Session], name: str, now: datetime) -> None:
    with sessions.begin() as session:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        statement = dialect.insert(WorkerBeat).values(worker=name, at=now)
        session.execute(
            statement.on_conflict_do_update(index_elements=["worker"], set_={"at": now})
        )


def worker_alive(session: Session, now: datetime) -> bool:
    """Whether any worker was seen in the last one and a half minutes."""
    last = session.scalar(select(func.max(WorkerBeat.at)))
    return last is not None and now - last <= ALIVE_FOR


def waiting_and_dead(session: Session) -> tuple[int, int]:
    """How many messages are still to come, and how many were given up."""
    open_ones = select(func.count()).where(OutboxMessage.done_at.is_(None))
    waiting = session.scalar(open_ones.where(OutboxMessage.dead_at.is_(None))) or 0
    dead = session.scalar(open_ones.where(OutboxMessage.dead_at.is_not(None))) or 0
    return waiting, dead
