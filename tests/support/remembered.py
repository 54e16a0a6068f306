"""What a builder writes into a fresh database, kept as plain rows and written again from then on.

Building a world through the object mapper takes ten times as long as writing its rows.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.database.base import Record
from tests.support.table_counts import table_counts

WRITTEN_BY_TRIGGERS: Final = frozenset({"mark"})
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Written:
    """An answer of plain data, and the rows by table; without rows it is built each time."""

    answer: Any
    rows: dict[str, Any] | None


KEPT: Final[dict[tuple[str, Hashable], Written]] = {}


def remembered(session: Session, key: Hashable, build: Callable[[], Answer]) -> Answer:
    """The answer of `build`, which runs once per process and kind of database.

    `key` says all that its rows depend on. Where one of their tables is in use already, `build`
    itself runs; also for good where it adds to tables that others have filled.
    """
    session.flush()
    connection = session.connection()
    place = (connection.dialect.name, key)
    kept = KEPT.get(place)
    if kept is None:
        before = table_counts(connection, Record.metadata.tables)
        answer = build()
        session.flush()
        KEPT[place] = Written(answer, _added(connection, before))
        return answer
    if kept.rows is None or any(table_counts(connection, kept.rows).values()):
        return build()
    for name, rows in kept.rows.items():
        _write(connection, name, rows)
    return cast(Answer, kept.answer)


def _added(connection: Connection, before: Mapping[str, int]) -> dict[str, Any] | None:
    """The rows of the tables that were empty before; None where others changed too."""
    after = table_counts(connection, Record.metadata.tables)
    changed = {name for name in after if after[name] != before[name]} - WRITTEN_BY_TRIGGERS
    if not changed or any(before[name] for name in changed):
        return None
    in_order = [table.name for table in Record.metadata.sorted_tables if table.name in changed]
    return {name: _read(connection, name) for name in in_order}


def _read(connection: Connection, name: str) -> Any:
    """As the driver gives them, round the types of the records."""
    if connection.dialect.name == "sqlite":
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608 - a table of ours
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)


def _write(connection: Connection, name: str, rows: Any) -> None:
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(rows[0]))
        connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608 - a table of ours
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            copy.write(rows)
        number = Record.metadata.tables[name].autoincrement_column
        if number is not None:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', '{number.name}'), "  # noqa: S608 - a table of ours
                f"(SELECT max({number.name}) FROM {name}))"
            )
