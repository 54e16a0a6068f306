"""Writing many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, Table
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Processor = Callable[[Any], Any]


def insert_rows(
    session: Session, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert `rows`, whose values stand in the order of `columns`.

    Columns left out get their plain default. In the caller's transaction, round the object mapper.
    """
    connection = session.connection()
    constants = [
        (name, column.default.arg)
        for name, column in table.columns.items()
        if name not in columns and isinstance(column.default, ScalarElementColumnDefault)
    ]
    names = [*columns, *(name for name, _ in constants)]
    tail = tuple(value for _, value in constants)
    processors = [
        (place, processor)
        for place, name in enumerate(names)
        if (processor := _processor(table.c[name], connection.dialect)) is not None
    ]
    ready = [_processed([*row, *tail], processors) for row in rows]
    if not ready:
        return
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({quoted}) FROM STDIN") as out:
            for row in ready:
                out.write_row(row)
        return
    places = ", ".join("?" * len(names))
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({quoted}) VALUES ({places})",  # noqa: S608 - names of our tables
        ready,
    )


def _processor(column: Column[Any], dialect: Dialect) -> Processor | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _processed(row: list[Any], processors: list[tuple[int, Processor]]) -> tuple[Any, ...]:
    for place, processor in processors:
        row[place] = processor(row[place])
    return tuple(row)
