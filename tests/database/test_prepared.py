"""Statements that the server knows by name, also after it was made to forget them."""

from collections.abc import Callable

import pytest
from sqlalchemy import ColumnElement, bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.database import prepared
from app.database.among import among
from app.database.base import table_of
from app.database.prepared import AFTER, names_of
from app.database.straight import connection_of, execute, fetch_all, fetch_one
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON
from tests.support.databases import Database

MESSAGE = table_of(OutboxMessage)
BODIES = select(MESSAGE.c.body, MESSAGE.c.due_at).where(MESSAGE.c.name == bindparam("called"))
_INSERT = insert(MESSAGE)
PLANS_FOR_VALUES = 5
"""So many the server makes before it compares them with one for all."""
KNOWN = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'kitu_%'"


def mail(key: object, body: str = "{}") -> dict[str, object]:
    return {
        "kind": "mail",
        "name": "mail",
        "body": body,
        "dedupe_key": str(key),
        "created_at": NOON,
        "due_at": NOON,
    }


def often(session: Session, first: str) -> None:
    """Until the server knows the statements by name."""
    for number in range(AFTER + 2):
        execute(session, _INSERT, [mail(f"{first}-{number}")])
        fetch_all(session, BODIES, {"called": "mail"})


def rolled_back(session: Session) -> None:
    session.rollback()


def back_to_savepoint(session: Session) -> None:
    with session.begin_nested() as attempt:
        attempt.rollback()


def table_altered(session: Session) -> None:
    session.execute(text("ALTER TABLE outbox_message ADD COLUMN more INTEGER"))


@pytest.mark.parametrize("happening", [rolled_back, back_to_savepoint, table_altered])
def test_statements_mean_the_same_after_the_server_forgot_them(
    session: Session, happening: Callable[[Session], None]
) -> None:
    often(session, "before")
    for _ in range(AFTER + 2):  # psycopg has names of its own, and clears these with ours
        session.connection().exec_driver_sql("SELECT 1")

    happening(session)

    execute(session, _INSERT, [mail("after")])
    often(session, "then")
    rows = fetch_all(session, BODIES, {"called": "mail"})
    left = 0 if happening is rolled_back else AFTER + 2
    assert [(row.body, row.due_at) for row in rows] == [("{}", NOON)] * (left + 1 + AFTER + 2)


def test_values_are_never_cut_at_the_sign_that_ends_a_word(session: Session) -> None:
    often(session, "one")
    before = len(fetch_all(session, BODIES, {"called": "mail"}))
    if session.get_bind().dialect.name == "postgresql":
        with pytest.raises(DBAPIError):
            execute(session, _INSERT, [mail("cut", "before\0after")])
        session.rollback()
        before = 0

    assert len(fetch_all(session, BODIES, {"called": "mail"})) == before


def test_a_refusal_by_name_is_an_error_of_sqlalchemy_and_changes_nothing(session: Session) -> None:
    often(session, "one")
    session.commit()
    connection_of(session)
    session.connection().exec_driver_sql("SELECT 1")

    with pytest.raises(IntegrityError):
        execute(session, _INSERT, [mail("one-1")])
    session.rollback()

    assert len(fetch_all(session, BODIES, {"called": "mail"})) == AFTER + 2
    execute(session, _INSERT, [mail("two")])
    assert len(fetch_all(session, BODIES, {"called": "mail"})) == AFTER + 3


def test_a_connection_keeps_so_many_names(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MOST", 1)
    statements = [select(column) for column in (MESSAGE.c.id, MESSAGE.c.name, MESSAGE.c.body)]

    for _ in range(2 * AFTER):
        for statement in statements:
            assert fetch_all(session, statement) == []

    if names_of(session.connection()) is not None:
        assert session.scalar(text(KNOWN)) == 1


def test_only_so_many_statements_are_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "SEEN", 1)
    rare = [select(column) for column in (MESSAGE.c.id, MESSAGE.c.name, MESSAGE.c.body)]
    session.connection()
    for _ in range(2 * AFTER):
        for statement in rare:
            assert fetch_all(session, statement) == []
    by_name = names_of(session.connection()) is not None
    assert not by_name or session.scalar(text(KNOWN)) == 0

    for _ in range(2 * AFTER):
        assert fetch_all(session, rare[0]) == []
    assert not by_name or session.scalar(text(KNOWN)) == 1


@pytest.mark.parametrize("column", [MESSAGE.c.id, MESSAGE.c.name])
def test_many_values_as_one_are_found_by_name_too(
    session: Session, column: ColumnElement[object]
) -> None:
    often(session, "one")
    wanted = list(session.scalars(select(column).order_by(MESSAGE.c.id).limit(2)))
    statement = select(MESSAGE.c.id).where(among(column, "some"))

    found = [len(fetch_all(session, statement, {"some": wanted})) for _ in range(2 * AFTER)]
    none = fetch_all(session, statement, {"some": []})

    assert set(found) == {2 if column is MESSAGE.c.id else AFTER + 2}
    assert none == []


def test_for_few_values_the_server_plans_once(session: Session) -> None:
    few = select(MESSAGE.c.body).where(among(MESSAGE.c.id, "ids", few=True))
    for _ in range(AFTER + 2 * PLANS_FOR_VALUES):
        assert fetch_all(session, few, {"ids": [1]}) == []

    if names_of(session.connection()) is not None:
        plans = text("SELECT custom_plans FROM pg_prepared_statements WHERE name LIKE 'kitu_%'")
        assert session.scalars(plans).all() == [PLANS_FOR_VALUES]


def test_a_server_that_goes_away_is_an_error_of_the_machine(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("a file does not go away")
    with database.sessions() as session, database.sessions() as other:
        often(session, "one")
        session.commit()
        mine = session.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})

        with pytest.raises(OperationalError):
            fetch_one(session, BODIES, {"called": "mail"})
        session.invalidate()
