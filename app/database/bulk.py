"""Writing many rows at once: COPY on PostgreSQL, a statement with many rows on SQLite.

Row by row each one with a trigger would be a savepoint, at which FTS5 writes out its index.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice, repeat
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, Dialect, Enum, Table, cast, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.database.copying import copy_rows
from app.database.straight import making_ready

DIFFERENT: Final = 256
AT_ONCE: Final = 64  # rows of a statement of SQLite; the driver keeps it, with room for its values


def plan_each_time(session: Session) -> None:
    """For transactions that fill tables: PostgreSQL keeps the plan of a prepared statement.

    One made while a table was empty reads all of it, row by row, long after it is full. Only what
    the rows of a COPY refer to is looked up by plans that are kept (`copying`).
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


def insert_rows(
    session: Session,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    ready: Collection[str] = (),
) -> None:
    """Insert `rows`, whose values stand in the order of `columns`; of `ready` ones as stored.

    Columns left out get their plain default. In the caller's transaction, round the object mapper.
    """
    connection = session.connection()
    constants = [
        (name, column.default.arg)
        for name, column in table.columns.items()
        if name not in columns and isinstance(column.default, ScalarElementColumnDefault)
    ]
    names = [*columns, *(name for name, _ in constants)]
    given = [*zip(*rows, strict=True)]
    if not given:
        return
    many_times = [repeat(value, len(given[0])) for _, value in constants]
    made = zip(
        *(
            values if name in ready else _processed(table.c[name], connection.dialect, values)
            for name, values in zip(names, [*given, *many_times], strict=True)
        ),
        strict=True,
    )
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        copy_rows(connection, f"COPY {table.name} ({quoted}) FROM STDIN", made)
        return
    places = f"({', '.join('?' * len(names))})"
    left, many = len(given[0]), AT_ONCE
    while left:
        while many > left:
            many //= 2  # few lengths, for the driver keeps the statement of each
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({quoted}) VALUES {', '.join([places] * many)}",  # noqa: S608 - names of our tables
            tuple(chain.from_iterable(islice(made, many))),
        )
        left -= many


def next_ids(session: Session, table: Table, many: int) -> Sequence[int]:
    """Numbers for so many new rows, so that nobody has to read them back.

    On SQLite they are still free, for nobody else writes until this transaction ends.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        named = func.pg_get_serial_sequence(table.name, "id")
        once = select(cast(named, postgresql.REGCLASS)).scalar_subquery()
        taken = select(func.nextval(once)).select_from(func.generate_series(1, many))
        return connection.scalars(taken).all()
    last = connection.scalar(select(func.max(table.c.id))) or 0
    return range(last + 1, last + 1 + many)


def _processed(column: Column[Any], dialect: Dialect, values: Iterable[Any]) -> Iterable[Any]:
    """What the driver takes instead; days and choices repeat, so each is made ready once."""
    processor = making_ready(column.type, dialect)
    if processor is None or isinstance(column.type, Boolean):  # both drivers know yes and no
        return values
    if isinstance(column.type, Date | Enum):
        processor = lru_cache(maxsize=DIFFERENT)(processor)
    return map(processor, values)
