"""Writes that wait for each other."""

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.append import Happening, append
from app.audit.records import AuditEvent, AuditStream
from app.database.base import table_of
from app.database.together import together, write
from app.outbox.enqueue import send_mail
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON


def test_waiting_writes_stand_in_the_database_afterwards_as_if_written_one_by_one(
    session: Session,
) -> None:
    append(session, "member:1", NOON, Happening("first", "1", "somebody", {}))
    with together(session):
        send_mail(session, "it@stadt.example", "Betreff", "Text", NOON, "once")
        append(session, "member:1", NOON, Happening("second", "2", "somebody", {"cents": 5}))
        send_mail(session, "it@stadt.example", "Noch einmal", "Text", NOON, "once")

    assert session.scalars(select(OutboxMessage.subject)).all() == ["Betreff"]
    assert session.execute(select(AuditEvent.position, AuditEvent.payload)).all() == [
        (1, "{}"),
        (2, '{"cents":5}'),
    ]
    assert session.get_one(AuditStream, "member:1").length == 2


def test_on_postgresql_they_are_one_statement(session: Session) -> None:
    append(session, "member:1", NOON, Happening("first", "1", "somebody", {}))
    seen: list[str] = []
    event.listen(
        session.connection(),
        "before_cursor_execute",
        lambda *given: seen.append(given[2].split()[0]),
    )
    with together(session):
        send_mail(session, "it@stadt.example", "Betreff", "Text", NOON, "once")
        append(session, "member:1", NOON, Happening("second", "2", "somebody", {}))

    postgresql = session.get_bind().dialect.name == "postgresql"
    assert seen == (["SELECT", "WITH"] if postgresql else ["INSERT", "SELECT", "INSERT", "UPDATE"])


def test_a_chain_goes_on_from_a_head_that_still_waits(session: Session) -> None:
    append(session, "member:1", NOON, Happening("first", "1", "somebody", {}))
    with together(session):
        append(session, "member:1", NOON, Happening("second", "2", "somebody", {}))
        append(session, "member:1", NOON, Happening("third", "3", "somebody", {}))

    chain = session.execute(
        select(AuditEvent.position, AuditEvent.previous_sha256, AuditEvent.sha256)
    ).all()
    assert [row.position for row in chain] == [1, 2, 3]
    assert [row.previous_sha256 for row in chain[1:]] == [row.sha256 for row in chain[:-1]]
    assert session.get_one(AuditStream, "member:1").head_sha256 == chain[-1].sha256


def test_a_write_that_the_database_refuses_takes_all_of_them_along(session: Session) -> None:
    with pytest.raises(IntegrityError):
        _send_one_good_and_one_without_a_kind(session)

    session.rollback()
    assert session.scalars(select(OutboxMessage)).all() == []


def _send_one_good_and_one_without_a_kind(session: Session) -> None:
    with together(session):
        send_mail(session, "it@stadt.example", "Betreff", "Text", NOON, "once")
        write(session, insert(table_of(OutboxMessage)), {"kind": None, "name": "mail"})


def test_rows_of_one_table_get_their_defaults_and_their_numbers_in_order(session: Session) -> None:
    statement = insert(table_of(OutboxMessage))
    plain = {"kind": "mail", "name": "mail", "body": "{}", "created_at": NOON, "due_at": NOON}
    with together(session):
        rows = [plain | {"dedupe_key": key} for key in ("one", "two")]
        write(session, statement, *rows)
        write(session, statement, plain | {"dedupe_key": "three", "attempts": 2})

    written = select(OutboxMessage.dedupe_key, OutboxMessage.attempts).order_by(OutboxMessage.id)
    assert [tuple(row) for row in session.execute(written)] == [
        ("one", 0),
        ("two", 0),
        ("three", 2),
    ]


def test_who_asks_sqlalchemy_finds_what_was_written(session: Session) -> None:
    append(session, "member:1", NOON, Happening("first", "1", "somebody", {}))
    with together(session):
        send_mail(session, "it@stadt.example", "Betreff", "Text", NOON, "once")
        found = session.scalars(select(OutboxMessage.subject)).all()

    assert found == ["Betreff"]


def test_what_waits_is_not_taken_back_with_a_savepoint_that_came_later(session: Session) -> None:
    append(session, "member:1", NOON, Happening("first", "1", "somebody", {}))
    with together(session):
        send_mail(session, "it@stadt.example", "Vorher", "Text", NOON, "one")
        with session.begin_nested() as attempt:
            session.execute(select(OutboxMessage.id))
            send_mail(session, "it@stadt.example", "Darin", "Text", NOON, "two")
            session.execute(select(OutboxMessage.id))
            attempt.rollback()

    assert session.scalars(select(OutboxMessage.subject)).all() == ["Vorher"]
