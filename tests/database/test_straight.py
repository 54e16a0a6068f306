"""Statements that go past SQLAlchemy's execution mean the same as before."""

from gc import collect
from weakref import ref

import pytest
from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.append import Happening, append
from app.audit.records import AuditEvent
from app.database.base import table_of
from app.database.marks import REGISTER, marks_of
from app.database.straight import connection_of, execute, fetch_all, fetch_one
from app.frameworks.records import Lot
from app.kernel.money import Money
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.world import settled

LOT = table_of(Lot)
MESSAGE = table_of(OutboxMessage)
EVENT = table_of(AuditEvent)
MAXIMUM = select(LOT.c.id, LOT.c.maximum_value).where(LOT.c.number == bindparam("number"))
MAIL = {
    "kind": "mail",
    "name": "mail",
    "body": "{}",
    "dedupe_key": "one",
    "created_at": NOON,
    "due_at": NOON,
}


def test_values_come_and_go_with_the_types_of_their_columns(session: Session) -> None:
    settled(session)
    changed = update(LOT).where(LOT.c.number == bindparam("of")).returning(LOT.c.maximum_value)
    value = bindparam("cents", type_=LOT.c.maximum_value.type)

    row = fetch_one(session, changed.values(maximum_value=value), {"of": 1, "cents": Money(900)})

    assert row.maximum_value == Money(900)
    assert fetch_one(session, MAXIMUM, {"number": 1}).maximum_value == Money(900)
    assert fetch_one(session, MAXIMUM, {"number": 77}) is None


def test_rows_get_the_defaults_of_their_records(session: Session) -> None:
    execute(session, insert(MESSAGE), [MAIL, MAIL | {"dedupe_key": "two"}])
    execute(session, insert(MESSAGE), [])

    rows = fetch_all(session, select(MESSAGE.c.attempts, MESSAGE.c.due_at))
    assert [(row.attempts, row.due_at) for row in rows] == [(0, NOON), (0, NOON)]


def test_what_the_database_refuses_is_an_error_of_sqlalchemy(session: Session) -> None:
    with pytest.raises(IntegrityError) as refused:
        execute(session, insert(MESSAGE), [MAIL | {"kind": None}])

    session.rollback()
    assert session.scalars(select(OutboxMessage)).all() == []
    assert "[SQL parameters hidden due to hide_parameters=True]" in str(refused.value)


def test_each_transaction_has_its_own_connection(session: Session) -> None:
    append(session, "member:1", NOON, Happening("first", "1", "somebody", {}))
    first = connection_of(session)
    assert connection_of(session) is first

    session.rollback()

    assert connection_of(session) is not first
    assert fetch_all(session, select(EVENT.c.position)) == []


def test_what_a_nested_transaction_wrote_goes_with_it(session: Session) -> None:
    execute(session, insert(MESSAGE), [MAIL])
    with session.begin_nested() as attempt:
        execute(session, insert(MESSAGE), [MAIL | {"dedupe_key": "two"}])
        attempt.rollback()
    execute(session, insert(MESSAGE), [MAIL | {"dedupe_key": "three"}])

    assert [row.dedupe_key for row in fetch_all(session, select(MESSAGE.c.dedupe_key))] == [
        "one",
        "three",
    ]


def test_who_listens_to_statements_hears_of_them(session: Session) -> None:
    heard: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *said: heard.append(said[2]))

    fetch_all(session, select(EVENT.c.position))

    assert [" ".join(said.split()) for said in heard] == [
        "SELECT audit_event.position FROM audit_event"
    ]


def test_a_forgotten_value_and_words_made_late_are_mistakes(session: Session) -> None:
    with pytest.raises(KeyError, match="number"):
        fetch_one(session, MAXIMUM, {})
    late = select(LOT.c.id).where(LOT.c.id.in_(bindparam("ids", expanding=True)))
    with pytest.raises(ValueError, match="late"):
        fetch_all(session, late, {"ids": [1, 2]})


def test_what_begins_a_transaction_with_a_reading_is_taken_back_as_a_whole(
    session: Session,
) -> None:
    settled(session)
    session.commit()

    words = marks_of(session, (REGISTER,))
    execute(session, insert(MESSAGE), [MAIL])
    assert marks_of(session, (REGISTER,)) == words
    assert session.in_transaction()
    session.rollback()

    assert words == marks_of(session, (REGISTER,)) != (None,)
    assert fetch_all(session, select(MESSAGE.c.id)) == []


def test_the_words_that_travel_with_the_begin_are_heard_once(session: Session) -> None:
    settled(session)
    session.commit()
    heard: list[str] = []
    event.listen(
        session.connection(), "before_cursor_execute", lambda *given: heard.append(given[2])
    )

    marks_of(session, (REGISTER,))

    assert [" ".join(one.split()) for one in heard] == ["SELECT mark.name, mark.word FROM mark"]


def test_a_statement_that_nobody_keeps_is_forgotten(session: Session) -> None:
    """The search writes many, and lets go of those that it asked longest ago."""
    statement = select(table_of(Lot).c.title).limit(1)
    fetch_all(session, statement)
    kept = ref(statement)

    del statement
    collect()

    assert kept() is None
