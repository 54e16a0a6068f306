"""A full disk and a busy database are told apart from a mistake of the program."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from app.database.engine import open_engine
from app.database.faults import is_busy, is_cut_off, is_disk_full, is_unusable, reason_of


@pytest.fixture
def small(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path}/small.db", 2)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (content BLOB)"))
    return engine


def failed(engine: Engine, *statements: str) -> OperationalError:
    *before, last = map(text, statements)
    with engine.connect() as connection:
        for statement in before:
            connection.execute(statement)
        with pytest.raises(OperationalError) as failure:
            connection.execute(last)
    engine.dispose()
    return failure.value


def test_a_full_disk_is_named(small: Engine) -> None:
    """No page more than there are: SQLite answers as it does when the disk has none."""
    error = failed(
        small, "PRAGMA max_page_count = 2", "INSERT INTO kept VALUES (zeroblob(1000000))"
    )

    assert (is_disk_full(error), is_unusable(error)) == (True, True)
    assert reason_of(error) == "SQLITE_FULL"


def test_a_wrong_statement_is_no_busy_database(small: Engine) -> None:
    error = failed(small, "SELECT nowhere FROM kept")

    assert (is_disk_full(error), is_unusable(error)) == (False, False)
    assert reason_of(error) == "SQLITE_ERROR"


def test_a_locked_database_is_busy(small: Engine, tmp_path: Path) -> None:
    other = open_engine(f"sqlite:///{tmp_path}/small.db", 1)
    with other.begin() as connection:
        connection.execute(text("INSERT INTO kept VALUES (NULL)"))
        with small.connect() as waiting:
            waiting.connection.driver_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
        error = failed(small, "INSERT INTO kept VALUES (NULL)")
    other.dispose()

    assert (is_disk_full(error), is_unusable(error)) == (False, True)
    assert (is_busy(error), is_cut_off(error)) == (True, False)
    assert reason_of(error) == "SQLITE_BUSY"
