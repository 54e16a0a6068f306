"""A mail server that is away, puts off or refuses: nothing is lost and nothing comes twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.outbox.claim import LEASE
from app.outbox.deliver import Carriers, Job, deliver_next
from app.outbox.enqueue import job, send_mail
from app.outbox.post import Mail, mail_carrier
from app.outbox.rules import Fault
from tests.outbox.conftest import TO, Mailbox, by_mail, enqueue, waiting
from tests.support.clock import NOON
from tests.support.databases import Database, free_port


def test_a_mail_that_is_put_off_for_two_days_is_a_dead_letter(
    database: Database, mailbox: Mailbox
) -> None:
    enqueue(database)
    mailbox.refusals = 1000
    tries = 0
    while letters := [one for one in waiting(database) if one.dead_at is None]:
        deliver_next(database.sessions, by_mail(mailbox.url), letters[0].due_at)
        tries += 1

    (letter,) = waiting(database)
    assert tries == letter.attempts == 32
    assert letter.dead_at is not None
    assert timedelta(days=2) < letter.dead_at - NOON < timedelta(days=3)
    assert letter.last_error == Fault.PUT_OFF
    assert mailbox.mails == []


def test_a_mail_to_nobody_is_given_up_at_once_and_keeps_no_other(
    database: Database, mailbox: Mailbox
) -> None:
    mailbox.unknown = {TO}
    enqueue(database)
    with database.sessions.begin() as session:
        send_mail(session, "it@dessau-rosslau.example", "Ihr Abruf", "…", NOON, "order-2")

    while deliver_next(database.sessions, by_mail(mailbox.url), NOON):
        pass

    (letter,) = waiting(database)
    assert (letter.recipient, letter.attempts, letter.dead_at) == (TO, 1, NOON)
    assert letter.last_error == Fault.REFUSED
    assert [mail["To"] for mail in mailbox.mails] == ["it@dessau-rosslau.example"]


def test_while_no_server_answers_one_mail_asks_for_all_and_none_loses_an_attempt(
    database: Database, mailbox: Mailbox
) -> None:
    """Jobs go on meanwhile; when it answers, all leave at once, each one time."""
    for number in range(3):
        enqueue(database, f"order-{number}")
    with database.sessions.begin() as session:
        job(session, "send_later", {}, NOON, "job")
        send_mail(session, TO, "…", "…", NOON, "quiet", due=NOON + timedelta(hours=8))
    done: list[datetime] = []
    jobs: dict[str, Job] = {"send_later": lambda _s, _p, now: done.append(now)}
    nowhere = Carriers(mail_carrier(f"smtp://127.0.0.1:{free_port()}", "portal@kitu.example"), jobs)

    def try_all(carriers: Carriers, now: datetime) -> int:
        tries = 0
        while deliver_next(database.sessions, carriers, now):
            tries += 1
        return tries

    assert (try_all(nowhere, NOON), done) == (2, [NOON])
    for at in (30, 90, 210):
        assert try_all(nowhere, NOON + timedelta(seconds=at)) == 1
    held = {one.dedupe_key: (one.attempts, one.due_at) for one in waiting(database)}
    again = NOON + timedelta(seconds=450)
    assert held == {
        "order-0": (4, again),
        "order-1": (0, again),
        "order-2": (0, again),
        "quiet": (0, NOON + timedelta(hours=8)),
    }

    later = NOON + timedelta(seconds=300)
    enqueue(database, "order-3")  # written while the others are held: it finds the server back
    assert try_all(by_mail(mailbox.url), later) == 4
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 4
    assert [one.dedupe_key for one in waiting(database)] == ["quiet"]


def test_a_mail_that_left_but_could_not_be_marked_is_marked_later_and_not_sent_again(
    database: Database, mailbox: Mailbox
) -> None:
    """As when the disk fills up between the two."""
    enqueue(database)
    carriers = by_mail(mailbox.url)
    post = carriers.mail

    def send_and_fill_the_disk(mail: Mail) -> None:
        post(mail)
        with database.sessions.begin() as session:
            session.execute(text("ALTER TABLE outbox_message RENAME TO gone"))

    full = replace(carriers, mail=send_and_fill_the_disk)
    with pytest.raises(SQLAlchemyError):
        deliver_next(database.sessions, full, NOON)
    with database.sessions.begin() as session:
        session.execute(text("ALTER TABLE gone RENAME TO outbox_message"))

    assert deliver_next(database.sessions, full, NOON + LEASE)
    assert len(mailbox.mails) == 1
    assert (waiting(database), full.sent) == ([], set())


def test_a_server_that_says_a_wrong_goodbye_gets_no_mail_twice(
    database: Database, mailbox: Mailbox
) -> None:
    mailbox.goodbye = "451 not now"
    enqueue(database)

    while deliver_next(database.sessions, by_mail(mailbox.url), NOON + timedelta(days=1)):
        pass

    assert len(mailbox.mails) == 1
    assert waiting(database) == []
