"""Busy statements straight to the driver: SQLAlchemy builds them once and makes values ready.

What it does around every single execution costs five times a small statement, and an order runs a
dozen of them. Words, types, errors and those who listen to statements stay SQLAlchemy's (ADR 32).

PostgreSQL gets its own words ($1, $2): psycopg would look for its %(names)s in every text longer
than 4,096 signs each time, which took as many calls as all the rest of an order.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import (
    ClauseElement,
    CompoundSelect,
    Connection,
    Dialect,
    Insert,
    Select,
    Update,
    bindparam,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from app.database.sending import Parameters, Row, answered, sent, tell

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert | Update
Process = Callable[[Any], Any]

NOTHING: Final[Row] = {}
_AT_HAND: Final = "connection at hand"
# By statement, as long as somebody keeps it: those of the search are many and come and go.
_KNOWN: Final[WeakKeyDictionary[Statement, dict[tuple[str, ...], "_Ready"]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement in the driver's words; `order` lists the binds where they go by position.

    `results` makes a row of the driver into one with the names and types of the columns.
    """

    text: str
    constants: Row
    binds: tuple[tuple[str, Process | None], ...]
    order: tuple[str, ...] | None
    results: Process

    def parameters(self, row: Row) -> Parameters:
        values = dict(self.constants)
        for name, ready in self.binds:
            value = row[name]
            values[name] = value if ready is None else ready(value)
        return values if self.order is None else [values[name] for name in self.order]


def fetch_one(asked: Session | Connection, statement: Statement, row: Row) -> Any:
    """The only row with the columns as attributes, or None; `row` names every bind."""
    connection = _connection_for(asked)
    ready = _ready(connection, statement, row)
    found = answered(connection, ready.text, ready.parameters(row))
    return ready.results(found[0]) if found else None


def fetch_all(asked: Session | Connection, statement: Statement, row: Row = NOTHING) -> list[Any]:
    """Every row with the columns as attributes."""
    connection = _connection_for(asked)
    ready = _ready(connection, statement, row)
    found = answered(connection, ready.text, ready.parameters(row))
    return [ready.results(one) for one in found]


def fetch_at_begin(session: Session, text: str) -> list[Any] | None:
    """Rows of columns of text; to PostgreSQL the BEGIN travels with the words: one round trip less.

    None where the transaction has begun or would begin in a way of its own, and where the
    statement failed: asked the usual way, the driver says why.
    """
    connection = connection_of(session)
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "postgresql" or driver.autocommit or driver.isolation_level:
        return None
    server = driver.pgconn
    if server.transaction_status != TransactionStatus.IDLE:
        return None
    tell(connection, None, text, ())
    answer = server.exec_(f"BEGIN; {text}".encode())
    if answer.status != ExecStatus.TUPLES_OK:
        return None
    columns = range(answer.nfields)
    return [
        tuple(answer.get_value(row, column).decode() for column in columns)
        for row in range(answer.ntuples)
    ]


def execute(session: Session, statement: Insert | Update, rows: Sequence[Row]) -> None:
    """Once with each row; all of them name the same columns or binds."""
    if not rows:
        return
    connection = connection_of(session)
    ready = _ready(connection, statement, rows[0])
    if len(rows) == 1:
        answered(connection, ready.text, ready.parameters(rows[0]))
        return
    many = [ready.parameters(row) for row in rows]
    sent(connection, ready.text, many, many=True).close()


def send(connection: Connection, text: str) -> None:
    """What is in the driver's words already, for those who have no session."""
    sent(connection, text, ()).close()


def _connection_for(asked: Session | Connection) -> Connection:
    return asked if isinstance(asked, Connection) else connection_of(asked)


def connection_of(session: Session) -> Connection:
    """`session.connection()`, asked for once in a transaction: each asking costs a statement.

    Also once in each nested one: only the asking sets its savepoint.
    """
    transaction = session.get_nested_transaction() or session.get_transaction()
    known = session.info.get(_AT_HAND)
    if known is not None and known[0] is transaction and transaction.is_active:
        return cast("Connection", known[1])
    connection = session.connection()
    innermost = session.get_nested_transaction() or session.get_transaction()
    session.info[_AT_HAND] = (innermost, connection)
    return connection


def completed(statement: Insert, names: Iterable[str], *prefixes: str) -> Insert:
    """With a bind per name and the defaults of the records, which else are filled in later.

    One row for each prefix of the binds, at least one.
    """
    columns = statement.table.c
    known = list(names)
    defaults = {
        one.name: one.default.arg
        for one in columns
        if isinstance(one.default, ScalarElementColumnDefault)
    }
    rows = [
        defaults | {name: bindparam(prefix + name, type_=columns[name].type) for name in known}
        for prefix in prefixes or ("",)
    ]
    whole = statement.values(rows if len(rows) > 1 else rows[0])
    return whole if whole.exported_columns else whole.inline()  # else the new id would come back


def compiled_for(dialect: Dialect, statement: ClauseElement) -> Any:
    """The statement in words that the driver sends as they are, its binds by position."""
    if dialect.name == "postgresql":
        dialect = copy(dialect)
        dialect.paramstyle, dialect.positional = "numeric_dollar", True
        dialect.identifier_preparer = dialect.preparer(dialect)
    return statement.compile(dialect=dialect)


def making_ready(type_: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """What the type does to a value on its way to the driver; None for nothing."""
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _ready(connection: Connection, statement: Statement, row: Row) -> _Ready:
    dialect = connection.dialect
    shape = (dialect.name, *row)
    if (forms := _KNOWN.get(statement)) is None:
        forms = _KNOWN[statement] = {}
    if (known := forms.get(shape)) is None:
        known = forms[shape] = _built(dialect, statement, row)
    return known


def _built(dialect: Dialect, statement: Statement, row: Row) -> _Ready:
    whole = completed(statement, row) if isinstance(statement, Insert) else statement
    compiled = compiled_for(dialect, whole)
    binds = compiled.binds
    if compiled.prefetch or any(bind.expanding for bind in binds.values()):
        raise ValueError("a statement whose words or values are made late cannot go straight")
    if missing := [name for name, bind in binds.items() if bind.required and name not in row]:
        raise KeyError(*missing)
    types = {name: bind.type for name, bind in binds.items()}
    constants = {
        name: value if ready is None else ready(value)
        for name, value in (compiled.construct_params(_check=False) or {}).items()
        if name not in row and name in types
        for ready in (making_ready(types[name], dialect),)
    }
    return _Ready(
        str(compiled),
        constants,
        tuple((name, making_ready(types[name], dialect)) for name in row if name in types),
        None if compiled.positiontup is None else tuple(compiled.positiontup),
        _results(whole, dialect),
    )


def _results(statement: Statement, dialect: Dialect) -> Process:
    columns = statement.exported_columns
    if not columns:
        return tuple
    kind: Any = namedtuple("Row", [str(name) for name, _ in columns.items()], rename=True)  # type: ignore[misc]  # noqa: PYI024 - made at run time
    made = [
        (at, ready)
        for at, column in enumerate(columns)
        if (ready := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
    ]
    if not made:
        return cast("Process", kind._make)

    def row(found: Sequence[Any]) -> Any:
        values = list(found)
        for at, ready in made:
            values[at] = ready(values[at])
        return kind._make(values)

    return row
