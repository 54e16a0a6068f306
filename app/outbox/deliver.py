"""Carrying out what waits in the outbox, one message at a time."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from app.outbox.claim import Claimed, Lane, claim, stay
from app.outbox.faults import fault_of
from app.outbox.hold_mail import hold_mail, release_mail
from app.outbox.post import Mail
from app.outbox.records import Kind, OutboxMessage
from app.outbox.rules import Fault, is_last, pause_after

log = structlog.get_logger()

Job = Callable[[Session, dict[str, Any], datetime], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Bench:
    """What long work has at hand; `stay` keeps others from taking it up meanwhile."""

    sessions: sessionmaker[Session]
    clock: Clock
    stay: Callable[[Session], None]


LongJob = Callable[[Bench, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Carriers:
    """How mails leave and which function does which kind of job.

    `sent` are keys of mails that left and could not be marked yet, as on a full disk.
    """

    mail: Callable[[Mail], None]
    jobs: Mapping[str, Job]
    long_jobs: Mapping[str, LongJob] = field(default_factory=dict)
    daily: tuple[str, ...] = ()
    sent: set[str] = field(default_factory=set)


def deliver_next(
    sessions: sessionmaker[Session],
    carriers: Carriers,
    now: datetime,
    lane: Lane | None = None,
    clock: Clock | None = None,
) -> bool:
    """Carry out one message; False where nothing was due.

    A mail leaves between two transactions, so no transaction waits for a mail server. A job and
    its mark share one transaction: its effect and "done" come together or not at all. The mark
    comes first, so a worker that was held up longer than its lease finds the job done and leaves
    it. Long work has transactions of its own.
    """
    with sessions.begin() as session:
        claimed = claim(session, now, lane, carriers.long_jobs)
    if claimed is None:
        return False
    try:
        if claimed.name in carriers.long_jobs:
            work_long(sessions, carriers.long_jobs[claimed.name], claimed, clock or (lambda: now))
        else:
            _carry_out(sessions, carriers, claimed, now)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is noted and tried again
        with sessions.begin() as session:
            _note_failure(session, claimed, error, now)
    return True


def _carry_out(
    sessions: sessionmaker[Session], carriers: Carriers, claimed: Claimed, now: datetime
) -> None:
    if claimed.kind is Kind.MAIL:
        key = claimed.dedupe_key
        if key not in carriers.sent:
            carriers.mail(Mail(claimed.recipient, claimed.subject, claimed.body, key, now))
            carriers.sent.add(key)
        with sessions.begin() as session:
            _mark_done(session, claimed, now)
            release_mail(session, now)
        carriers.sent.discard(key)
        return
    work = carriers.jobs[claimed.name]
    with sessions.begin() as session:
        if _mark_done(session, claimed, now):
            work(session, json.loads(claimed.body), now)


def work_long(
    sessions: sessionmaker[Session], work: LongJob, claimed: Claimed, clock: Clock
) -> None:
    """In transactions of its own, so it must bear being begun again: by a worker, if this dies."""

    def keep(session: Session) -> None:
        stay(session, claimed.id, clock())

    work(Bench(sessions, clock, keep), json.loads(claimed.body))
    with sessions.begin() as session:
        _mark_done(session, claimed, clock())


def _mark_done(session: Session, claimed: Claimed, now: datetime) -> bool:
    """False where another worker was faster."""
    return _set(session, claimed, done_at=now, lease_until=None, last_error=None)


def _note_failure(session: Session, claimed: Claimed, error: Exception, now: datetime) -> None:
    """The kind of error only: its text may quote an address."""
    fault = fault_of(error, claimed.kind)
    dead = is_last(claimed.attempts, fault)
    again = now + pause_after(claimed.attempts, fault)
    if fault is Fault.SERVER_AWAY:
        again = hold_mail(session, again, now)
    log.warning(
        "outbox_failed",
        message=claimed.id,
        kind=claimed.name,
        attempts=claimed.attempts,
        dead=dead,
        error=type(error).__name__,
    )
    _set(
        session,
        claimed,
        lease_until=None,
        due_at=again,
        dead_at=now if dead else None,
        last_error=fault or type(error).__name__,
    )


def _set(session: Session, claimed: Claimed, **values: Any) -> bool:
    set_now = session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == claimed.id, OutboxMessage.done_at.is_(None))
        .values(**values)
        .returning(OutboxMessage.id)
        .execution_options(synchronize_session=False)
    )
    return set_now.scalar() is not None
