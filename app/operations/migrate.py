"""Bringing a database to the newest migration, and checking that it is as the program knows it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from app.database.all_records import all_tables
from app.kernel.errors import Conflict
from app.operations.position import VERSIONS, Position, position
from app.shipped import shipped

# Kept by the database itself behind the search index; no table of ours.
FOREIGN: Final = (
    "article_search",
    "ix_article_search_text",
    "search_entry_words",
    "search_entry_numbers",
    "ix_search_entry_words",
    "ix_search_entry_numbers",
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What does not fit, as sentences."""

    position: Position
    faults: tuple[str, ...]


def upgrade_database(engine: Engine) -> Position:
    """Run what is missing, all in one transaction; the answer is where it stood before.

    Conflict for a database of a newer program and for somebody else's: this one must not touch
    either.
    """
    before = position(engine)
    if before.present is None:
        _only_into_an_empty_one(engine)
    if before.newer:
        raise Conflict(before.fault, "database_too_new")
    if not before.current:
        with altering(engine) as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return before


def _only_into_an_empty_one(engine: Engine) -> None:
    others = sorted({*inspect(engine).get_table_names()} - {VERSIONS})
    if others:
        raise Conflict(
            f"In dieser Datenbank liegen schon fremde Tabellen ({', '.join(others[:3])}). Nennen "
            "Sie in KITU_DATABASE_URL eine leere.",
            "database_not_empty",
        )


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite lets a table be built anew that others point to.

    It checks all pointers at the end instead (sqlite.org/lang_altertable.html, section 7).
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None or connection.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise LookupError(f"the migration left rows that point nowhere: {broken[:3]}")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def check_database(engine: Engine) -> Findings:
    """Migrations at head, tables as the program knows them, and the database's own check."""
    stand = position(engine)
    faults = [stand.fault] if stand.fault else []
    with engine.connect() as connection:
        if stand.current:
            faults.extend(_drift(connection))
        faults.extend(_integrity(connection))
    return Findings(stand, tuple(faults))


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether a table or index is compared with the records."""
    return not (name or "").startswith(FOREIGN)


def _drift(connection: Connection) -> list[str]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_name": is_ours}
    )
    with warnings.catch_warnings():
        # SQLite cannot tell what an index over an expression says; its name is compared.
        warnings.filterwarnings("ignore", message=".*expression-based index", category=Warning)
        found = compare_metadata(context, all_tables())
    return [f"Abweichung von den Migrationen: {one}" for one in found if not _is_remark(one)]


def _is_remark(difference: Any) -> bool:
    """Only the comment of a column differs, which SQLite does not keep."""
    return isinstance(difference, list) and all(one[0] == "modify_comment" for one in difference)


def _integrity(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    answers = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    broken = [f"SQLite meldet: {answer}" for answer in answers if answer != "ok"]
    orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    return broken + [f"Verweis ohne Ziel in {table} (Zeile {row})" for table, row, *_ in orphans]


def alembic_config() -> Config:
    """For this installation; `attributes["connection"]` is the caller's."""
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    return config
