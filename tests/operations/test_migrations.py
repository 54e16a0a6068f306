"""Migrations: up from nothing, no drift to the records, down again, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.database.all_records import all_tables
from app.database.engine import open_engine
from app.kernel.errors import Conflict
from app.operations.migrate import (
    alembic_config,
    altering,
    check_database,
    is_ours,
    upgrade_database,
)
from app.operations.position import known_revisions, position
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


def test_somebody_elses_database_stays_as_it_is(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE invoices_of_the_works (id INTEGER)"))

    with pytest.raises(Conflict, match=r"fremde Tabellen \(invoices_of_the_works\)"):
        upgrade_database(empty)

    assert tables(empty) == {"invoices_of_the_works"}


def test_the_numbers_of_the_files_are_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())

    assert known_revisions() == {script.revision for script in scripts.walk_revisions()}
    assert scripts.get_current_head() == max(known_revisions())


def test_upgrading_twice_changes_nothing(empty: Engine) -> None:
    upgrade_database(empty)

    assert upgrade_database(empty) == position(empty)


def test_the_newest_migration_can_be_taken_back(empty: Engine) -> None:
    upgrade_database(empty)

    with altering(empty) as connection:
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


def test_what_the_foundation_stored_is_still_there_after_the_upgrade(empty: Engine) -> None:
    with empty.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in STORED:
            connection.execute(text(statement))

    upgrade_database(empty)

    with empty.connect() as connection:
        kept = connection.execute(text(READ_AGAIN)).one()
    assert tuple(kept) == ("NB-14", 7_890_000, 60_000, 3, "RV-IT-01", 100)
    with pytest.raises(DBAPIError, match="value_ceiling"), empty.begin() as connection:
        connection.execute(text("UPDATE lot SET reserved_value = 200000"))


STORED = (
    (
        "INSERT INTO framework (id, number, title, award_model, party_rule, contracting_entity, "
        "supplier_name, valid_from, valid_to, delivery_days, warranty_months, payment_days, note, "
        "version) VALUES (1, 'RV-IT-01', 'Arbeitsplätze', 'direct_call_off', 'all_members', 'KID', "
        "'Lieferant', '2026-01-01', '2028-12-31', 10, 24, 30, '', 1)"
    ),
    (
        "INSERT INTO lot (id, framework_id, number, title, maximum_value, reserved_value, "
        "called_off_value, reserved_quantity, called_off_quantity, alert_percents) "
        "VALUES (1, 1, 1, 'Notebooks', 100000, 60000, 0, 3, 0, '50 75 90')"
    ),
    (
        "INSERT INTO catalog_version (id, framework_id, number, catalog_id, catalog_version, "
        "file_name, file_sha256, imported_at, result) "
        "VALUES (1, 1, 1, 'C', '1.0', 'a.xml', 'x', '2026-11-01 10:00:00', '{}')"
    ),
    (
        "INSERT INTO article (id, framework_id, lot_id, catalog_version_id, sku, name, "
        "description, manufacturer, mpn, gtin, order_unit, minimum_quantity, quantity_interval, "
        "tax_percent, rc_category, serial_numbers, active, search_text, details, content_sha256) "
        "VALUES (1, 1, 1, 1, 'NB-14', 'Notebook', '', '', '', '', 'C62', 1, 1, 19, false, true, "
        "true, 'notebook', '{}', '')"
    ),
    (
        "INSERT INTO price (id, article_id, catalog_version_id, lower_bound, unit_price, "
        "valid_from) VALUES (1, 1, 1, 1, 7890000, '2026-01-01')"
    ),
    "INSERT INTO number_series (series, last) VALUES ('invoice:2026', 100)",
)
READ_AGAIN = """
SELECT article.sku, price.unit_price, lot.reserved_value, lot.reserved_quantity, framework.number,
  (SELECT last FROM number_series)
FROM article JOIN price ON price.article_id = article.id JOIN lot ON lot.id = article.lot_id
JOIN framework ON framework.id = lot.framework_id
"""
