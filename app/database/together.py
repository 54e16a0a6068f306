"""Writes whose answer nobody reads go to PostgreSQL as one statement.

An order writes half a dozen rows that it never looks at again; each statement of its own would
cost a round trip and its share of the libraries between. SQLite has no trips to save.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Insert, Update, bindparam, literal_column, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

_WAITING: Final = "waiting writes"

Statement = Insert | Update
Row = Mapping[str, Any]


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Inside, single rows that `write` is given wait until the end and go as one statement."""
    if session.get_bind().dialect.name != "postgresql":
        yield
        return
    waiting: list[tuple[Statement, Row]] = []
    session.info[_WAITING] = waiting
    try:
        yield
        _send(session, waiting)
    finally:
        session.info.pop(_WAITING)


def write(session: Session, statement: Statement, *rows: Row) -> None:
    """Execute `statement`, built once for the process, with each row; it may wait for `together`.

    The names that an UPDATE binds must differ from those of the other updates of a transaction.
    """
    waiting = session.info.get(_WAITING)
    if waiting is None or len(rows) != 1:
        session.connection().execute(statement, rows if len(rows) != 1 else rows[0])
        return
    settle(session, statement)
    waiting.append((statement, rows[0]))


def settle(session: Session, statement: Statement) -> None:
    """If `statement` waits, send all that waits: parts of one statement do not see each other."""
    waiting: list[tuple[Statement, Row]] = session.info.get(_WAITING, [])
    if any(statement is other for other, _ in waiting):
        _send(session, waiting)


def settle_all(session: Session) -> None:
    """Send whatever waits, for somebody who has to read what was just written."""
    _send(session, session.info.get(_WAITING, []))


@dataclass(frozen=True, slots=True)
class _Built:
    """`WITH w0 AS (INSERT …), w1 AS (UPDATE …) SELECT 1` in the driver's words.

    `names` lists per write its columns or binds, the name in the text, and how a value gets ready.
    """

    text: str
    constants: Row
    names: list[list[tuple[str, str, Callable[[Any], Any]]]]


_KNOWN: Final[dict[tuple[object, ...], _Built]] = {}


def _send(session: Session, writes: list[tuple[Statement, Row]]) -> None:
    if not writes:
        return
    connection = session.connection()
    shape = tuple((statement, *row) for statement, row in writes)
    if (built := _KNOWN.get(shape)) is None:
        built = _KNOWN[shape] = _build(connection, writes)
    values = dict(built.constants)
    for names, (_, row) in zip(built.names, writes, strict=True):
        for name, bound, ready in names:
            values[bound] = ready(row[name])
    writes.clear()
    connection.exec_driver_sql(built.text, values)


def _build(connection: Connection, writes: list[tuple[Statement, Row]]) -> _Built:
    parts, names = [], []
    for at, (statement, row) in enumerate(writes):
        prefix = f"w{at}_" if isinstance(statement, Insert) else ""
        part = _bound(statement, row, prefix) if isinstance(statement, Insert) else statement
        parts.append(part.cte(f"w{at}"))
        names.append([(name, prefix + name) for name in row])
    compiled = select(literal_column("1")).add_cte(*parts).compile(connection)
    types = {bind.key: bind.type for bind in compiled.binds.values()}
    return _Built(
        str(compiled),
        compiled.construct_params(_check=False),
        [
            [(name, bound, _ready(types[bound], connection)) for name, bound in pairs]
            for pairs in names
        ],
    )


def _bound(statement: Insert, row: Row, prefix: str) -> Insert:
    """Defaults of the records are filled in for the outermost statement only, so they come here."""
    columns = statement.table.c
    defaults = {
        one.name: one.default.arg
        for one in columns
        if isinstance(one.default, ScalarElementColumnDefault)
    }
    binds = {name: bindparam(prefix + name, type_=columns[name].type) for name in row}
    return statement.values(defaults | binds)


def _ready(type_: TypeEngine[Any], connection: Connection) -> Callable[[Any], Any]:
    dialect = connection.dialect
    return type_.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value
