"""Migrations: up from nothing, no drift to the records, down again, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.database.all_records import all_tables
from app.database.engine import open_engine
from app.operations.migrate import (
    alembic_config,
    check_database,
    is_ours,
    position,
    upgrade_database,
)
from tests.support.databases import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a single table."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path}/empty.db")
        yield engine
        engine.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.empty() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def tables(engine: Engine) -> set[str]:
    names = inspect(engine).get_table_names()
    return {name for name in names if is_ours(name, "table", None)} - {"alembic_version"}


def test_an_empty_database_becomes_the_one_the_program_needs(empty: Engine) -> None:
    upgrade_database(empty)

    assert check_database(empty).faults == ()
    assert tables(empty) == set(all_tables().tables)


def test_upgrading_twice_changes_nothing(empty: Engine) -> None:
    upgrade_database(empty)

    assert upgrade_database(empty) == position(empty)


def test_the_newest_migration_can_be_taken_back(empty: Engine) -> None:
    upgrade_database(empty)

    with empty.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")

    assert not position(empty).current
    upgrade_database(empty)
    assert check_database(empty).faults == ()


def test_the_migrated_database_guards_evidence_as_the_records_say(empty: Engine) -> None:
    upgrade_database(empty)
    with empty.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO stored_file (sha256, media_type, size, content, stored_at) "
                "VALUES ('00', 'text/plain', 0, '', '2026-11-21 11:00:00')"
            )
        )

    with pytest.raises(DBAPIError, match="row is evidence"), empty.begin() as connection:
        connection.execute(text("DELETE FROM stored_file"))


def test_triggers_are_the_same_by_migration_and_by_records(empty: Engine) -> None:
    if empty.dialect.name != "sqlite":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    else:
        query = "SELECT name || sql FROM sqlite_master WHERE type = 'trigger'"
    upgrade_database(empty)
    with empty.connect() as connection:
        migrated = set(connection.scalars(text(query)))
    with empty.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    all_tables().create_all(empty)
    with empty.connect() as connection:
        created = set(connection.scalars(text(query)))

    assert migrated == created


def test_a_database_that_is_behind_is_named(empty: Engine) -> None:
    faults = check_database(empty).faults

    assert faults[0].startswith("Die Datenbank steht auf keiner Migration")
    assert faults[0].endswith("kitu db upgrade")


def test_a_column_that_nobody_migrated_is_found(empty: Engine) -> None:
    upgrade_database(empty)
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE worker_beat ADD COLUMN note VARCHAR(10)"))

    assert any("note" in fault for fault in check_database(empty).faults)
