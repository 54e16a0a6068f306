"""Writes whose answer nobody reads go to PostgreSQL as one statement.

An order writes half a dozen rows that it never looks at again; each statement of its own would
cost a round trip and its share of the libraries between. SQLite has no trips to save.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Insert, Update, event, literal_column, select
from sqlalchemy.orm import Session

from app.database.sending import answered
from app.database.straight import (
    Process,
    compiled_for,
    completed,
    connection_of,
    execute,
    making_ready,
)

_WAITING: Final = "waiting writes"
_FEW: Final = 8
"""So many rows of one table wait at most; more go at once, as the driver sends many."""

Statement = Insert | Update
Row = Mapping[str, Any]


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Inside, the few rows that `write` is given wait until the end and go as one statement.

    They go at once where a statement comes that SQLAlchemy executes: it may look at them or name
    them. Those who go straight settle themselves what they read.
    """
    connection = connection_of(session)
    if connection.dialect.name != "postgresql":
        yield
        return
    waiting: list[tuple[Statement, Row]] = []
    kept = connection.info
    kept[_WAITING] = session.info[_WAITING] = waiting
    try:
        yield
        _send(connection, waiting)
    finally:
        kept.pop(_WAITING, None)
        session.info.pop(_WAITING)


def settle_before_others(engine: Engine) -> None:
    """Whatever waits on a connection of `engine` goes before what SQLAlchemy executes there."""
    event.listen(engine, "before_execute", _settle_on)


def _settle_on(connection: Connection, *_: object) -> None:
    if waiting := connection.info.get(_WAITING):
        _send(connection, waiting)


def write(session: Session, statement: Statement, *rows: Row) -> None:
    """Execute `statement`, built once for the process, with each row; it may wait for `together`.

    The names that an UPDATE binds must differ from those of the other updates of a transaction.
    """
    waiting = session.info.get(_WAITING)
    if waiting is None or len(rows) > _FEW:
        execute(session, statement, rows)
        return
    settle(session, statement)
    waiting.extend((statement, row) for row in rows)


def settle(session: Session, statement: Statement) -> None:
    """If `statement` waits, send all that waits: parts of one statement do not see each other."""
    waiting: list[tuple[Statement, Row]] = session.info.get(_WAITING, [])
    if any(statement is other for other, _ in waiting):
        _send(connection_of(session), waiting)


def settle_all(session: Session) -> None:
    """Send whatever waits, for somebody who has to read what was just written."""
    _send(connection_of(session), session.info.get(_WAITING, []))


@dataclass(frozen=True, slots=True)
class _Built:
    """`WITH w0 AS (INSERT …), w1 AS (UPDATE …) SELECT 1` in the driver's words.

    `order` lists the binds where they go; `names` per write its columns or binds, the name of the
    bind, and how a value gets ready.
    """

    text: str
    order: tuple[str, ...]
    constants: Row
    names: list[list[tuple[str, str, Process | None]]]


_KNOWN: Final[dict[tuple[object, ...], _Built]] = {}


def _send(connection: Connection, writes: list[tuple[Statement, Row]]) -> None:
    if not writes:
        return
    shape = tuple((statement, *row) for statement, row in writes)
    if (built := _KNOWN.get(shape)) is None:
        built = _KNOWN[shape] = _build(connection, writes)
    values = dict(built.constants)
    for names, (_, row) in zip(built.names, writes, strict=True):
        for name, bound, ready in names:
            value = row[name]
            values[bound] = value if ready is None else ready(value)
    writes.clear()
    answered(connection, built.text, [values[name] for name in built.order])


def _build(connection: Connection, writes: list[tuple[Statement, Row]]) -> _Built:
    parts, names = [], []
    for at, (statement, rows) in enumerate(_by_statement(writes)):
        if isinstance(statement, Insert):
            prefixes = [f"w{at}_{number}_" for number in range(len(rows))]
            part: Statement = completed(statement, rows[0], *prefixes)
        else:
            prefixes = [""]
            part = statement
        parts.append(part.cte(f"w{at}"))
        names += [
            [(name, prefix + name) for name in row]
            for prefix, row in zip(prefixes, rows, strict=True)
        ]
    compiled = compiled_for(connection.dialect, select(literal_column("1")).add_cte(*parts))
    types = {bind.key: bind.type for bind in compiled.binds.values()}
    return _Built(
        str(compiled),
        tuple(compiled.positiontup),
        compiled.construct_params(_check=False),
        [
            [(name, bound, making_ready(types[bound], connection.dialect)) for name, bound in pairs]
            for pairs in names
        ],
    )


def _by_statement(writes: list[tuple[Statement, Row]]) -> list[tuple[Statement, list[Row]]]:
    """Rows of one INSERT that follow each other become one: the server looks at its table once."""
    found: list[tuple[Statement, list[Row]]] = []
    for statement, row in writes:
        if isinstance(statement, Insert) and found and _same(found[-1], statement, row):
            found[-1][1].append(row)
        else:
            found.append((statement, [row]))
    return found


def _same(before: tuple[Statement, list[Row]], statement: Insert, row: Row) -> bool:
    return before[0] is statement and list(before[1][0]) == list(row)
