"""Mails leave after the order stands, once, and somebody notices when they cannot."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.outbox.claim import LEASE
from app.outbox.deliver import Carriers, Job, deliver_next
from app.outbox.enqueue import job, send_mail
from app.outbox.post import Mail
from app.outbox.records import OutboxMessage
from app.outbox.work import ALIVE_FOR, beat, work, worker_alive
from tests.outbox.conftest import TO, Mailbox, by_mail, enqueue, waiting
from tests.support.clock import NOON
from tests.support.databases import Database


def test_a_mail_of_a_committed_order_arrives(database: Database, mailbox: Mailbox) -> None:
    enqueue(database)

    assert deliver_next(database.sessions, by_mail(mailbox.url), NOON)
    assert not deliver_next(database.sessions, by_mail(mailbox.url), NOON)

    assert [mail["To"] for mail in mailbox.mails] == [TO]
    assert mailbox.mails[0]["Subject"] == "Ein Abruf wartet"
    text, html = (mailbox.mails[0].get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content() == "Bitte prüfen Sie ihn.\r\n"
    assert "<p>Bitte prüfen Sie ihn.</p>" in html.get_content()
    assert waiting(database) == []


def test_nothing_leaves_for_an_order_that_was_rolled_back(
    database: Database, mailbox: Mailbox
) -> None:
    with database.sessions() as session:
        send_mail(session, TO, "Ein Abruf wartet", "…", NOON, "order-1")
        session.rollback()

    assert not deliver_next(database.sessions, by_mail(mailbox.url), NOON)
    assert mailbox.mails == []


def test_the_same_cause_sends_once(database: Database, mailbox: Mailbox) -> None:
    enqueue(database)
    enqueue(database)

    while deliver_next(database.sessions, by_mail(mailbox.url), NOON):
        pass

    assert len(mailbox.mails) == 1


def test_a_refused_mail_is_sent_again_after_a_pause_and_then_once(
    database: Database, mailbox: Mailbox
) -> None:
    enqueue(database)
    mailbox.refusals = 1

    deliver_next(database.sessions, by_mail(mailbox.url), NOON)
    too_early = deliver_next(database.sessions, by_mail(mailbox.url), NOON + timedelta(seconds=29))
    later = NOON + timedelta(seconds=30)
    again = deliver_next(database.sessions, by_mail(mailbox.url), later)
    never = deliver_next(database.sessions, by_mail(mailbox.url), later + timedelta(days=1))

    assert (too_early, again, never) == (False, True, False)
    assert len(mailbox.mails) == 1


def test_a_message_of_a_worker_that_died_goes_to_the_next_one(
    database: Database, mailbox: Mailbox
) -> None:
    enqueue(database)

    def dies(_mail: Mail) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_next(database.sessions, Carriers(dies, {}), NOON)
    held = deliver_next(database.sessions, by_mail(mailbox.url), NOON + timedelta(minutes=4))
    freed = deliver_next(database.sessions, by_mail(mailbox.url), NOON + timedelta(minutes=5))

    assert (held, freed) == (False, True)
    assert len(mailbox.mails) == 1


def test_four_workers_share_the_mails_without_sending_one_twice(
    database: Database, mailbox: Mailbox
) -> None:
    for number in range(20):
        enqueue(database, f"order-{number}")

    def drain(_worker: int) -> int:
        sent = 0
        while deliver_next(database.sessions, by_mail(mailbox.url), NOON):
            sent += 1
        return sent

    with ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(drain, range(4)))

    assert sent == 20
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 20


def test_a_worker_that_was_held_up_does_not_repeat_what_another_did(database: Database) -> None:
    with database.sessions.begin() as session:
        job(session, "send_later", {}, NOON, "job-7")
    done: list[datetime] = []
    quick = Carriers(lambda _mail: None, {"send_later": lambda _s, _p, now: done.append(now)})

    class HeldUp(dict[str, Job]):
        """Between taking the job and beginning it, the lease ends and another worker comes."""

        def __getitem__(self, name: str) -> Job:
            deliver_next(database.sessions, quick, NOON + LEASE)
            return quick.jobs[name]

    deliver_next(database.sessions, Carriers(lambda _mail: None, HeldUp()), NOON)

    assert done == [NOON + LEASE]
    assert waiting(database) == []


def test_a_job_and_its_mark_stand_or_fall_together(database: Database) -> None:
    with database.sessions.begin() as session:
        job(session, "send_later", {"order": 7}, NOON, "job-7")

    def half_done(session: Session, payload: dict[str, Any], now: datetime) -> None:
        send_mail(session, TO, f"Auftrag {payload['order']}", "…", now, "from-job-7")
        raise ValueError

    deliver_next(database.sessions, Carriers(lambda _mail: None, {"send_later": half_done}), NOON)

    (waits,) = waiting(database)
    assert (waits.dedupe_key, waits.last_error) == ("job-7", "ValueError")


def test_a_mail_can_go_into_a_folder(database: Database, tmp_path: Any) -> None:
    enqueue(database)

    deliver_next(database.sessions, by_mail(f"file://{tmp_path}/post"), NOON)

    (file,) = (tmp_path / "post").glob("*.eml")
    assert b"To: freigabe@dessau-rosslau.example" in file.read_bytes()


def test_a_line_break_in_a_subject_adds_no_header(database: Database, mailbox: Mailbox) -> None:
    with database.sessions.begin() as session:
        send_mail(session, TO, "Abruf\r\nBcc: fremd@example.org", "…", NOON, "key")

    deliver_next(database.sessions, by_mail(mailbox.url), NOON)

    assert mailbox.mails[0]["Bcc"] is None
    assert mailbox.mails[0]["Subject"] == "Abruf Bcc: fremd@example.org"


def test_a_worker_is_alive_until_its_beat_is_too_old(database: Database) -> None:
    beat(database.sessions, "worker-1", NOON)

    with database.sessions() as session:
        assert worker_alive(session, NOON + ALIVE_FOR)
        assert not worker_alive(session, NOON + ALIVE_FOR + timedelta(seconds=1))


def test_the_worker_delivers_until_it_is_stopped(database: Database) -> None:
    enqueue(database)
    stop = Event()

    work(
        database.sessions,
        Carriers(lambda _mail: stop.set(), {}),
        "worker-1",
        lambda: NOON,
        stop,
    )

    with database.sessions() as session:
        done = select(func.count()).select_from(OutboxMessage)
        assert session.scalar(done.where(OutboxMessage.done_at == NOON)) == 1
        assert worker_alive(session, NOON)
