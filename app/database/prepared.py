"""Busy statements to PostgreSQL by a name that the connection knows them by.

psycopg's cursor works out the types of the values, the name and the steps of the exchange anew
each time: 37 µs of CPU for a small statement, of which the exchange itself takes 8.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any, Final

from psycopg import Connection, Error, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

AFTER: Final = 5
"""So many times a statement goes the usual way first, as with psycopg itself."""
MOST: Final = 100
"""Names that a connection keeps; each holds a plan in the server's memory."""
SEEN: Final = 1000
"""Statements that are counted until they are busy enough for a name."""

_KNOWN: Final = "statements by name"
_RIGHT: Final = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})
_BEGUN: Final = TransactionStatus.INTRANS
_END: Final = b"\0"
_FORGETTING: Final = ("ALTER", "DROP", "DISCARD", "DEALLOCATE", "ROLLBACK")
"""After these, as after ROLLBACK, psycopg makes the server forget all it knows by name."""


def _numbers(values: list[int]) -> bytes:
    """Lists of anything else go the usual way."""
    if set(map(type, values)) - {int}:
        raise KeyError
    return f"{{{','.join(map(str, values))}}}".encode()


# As the server reads them; what a value is for, the words of the statement say.
_WORDS: Final[Mapping[type, Callable[[Any], bytes]]] = {
    str: str.encode,
    int: lambda value: b"%d" % value,
    bool: lambda value: b"t" if value else b"f",
    datetime: lambda value: str(value).encode(),
    date: lambda value: str(value).encode(),
    list: _numbers,
}


class Names:
    """What one connection knows by name, the longest unused first."""

    def __init__(self, driver: Connection[Any]) -> None:
        self._driver = driver
        self._server = driver.pgconn
        self._values = Transformer(driver)
        self._used: dict[str, int] = {}
        self._names: OrderedDict[str, bytes] = OrderedDict()
        self._numbers = count(1)
        self._doubted = False

    def doubt(self) -> None:
        """The server may have been made to forget: it is asked what it still knows."""
        self._doubted = True

    def ready(self, text: str, parameters: Sequence[Any]) -> list[Any] | None:
        """The values in the server's words; None where the statement goes the usual way.

        It does while it is new, where it begins the transaction, with values of other kinds and
        with the sign that ends a word. Raises the server's errors, as of a table that is not there.
        """
        begun = self._driver.autocommit or self._server.transaction_status == _BEGUN
        if not begun or not self._by_name(text):
            return None
        try:
            values = [None if value is None else _WORDS[type(value)](value) for value in parameters]
        except KeyError:
            return None
        return None if _END in b"".join(filter(None, values)) else values

    def rows(self, text: str, values: list[Any]) -> list[tuple[Any, ...]]:
        """What the server answers; its errors are psycopg's."""
        answer = self._server.exec_prepared(self._names[text], values)
        if answer.status not in _RIGHT:
            del self._names[text]  # a table may have changed: next time it is worked out anew
            raise self._error(answer)
        if not answer.ntuples:
            return []
        self._values.set_pgresult(answer)
        return self._values.load_rows(0, answer.ntuples, tuple)

    def _by_name(self, text: str) -> bool:
        if self._doubted:
            self._look_again()
        if text in self._names:
            self._names.move_to_end(text)
            return True
        if len(self._used) > SEEN:
            self._used.clear()  # searches have many forms, most of which are rare
        used = self._used[text] = self._used.get(text, 0) + 1
        if used <= AFTER or self._driver.prepare_threshold is None:
            return False
        if len(self._names) >= MOST:
            _, old = self._names.popitem(last=False)
            self._server.exec_(b"DEALLOCATE " + old)
        name = b"kitu_%d" % next(self._numbers)
        answer = self._server.prepare(name, text.encode())
        if answer.status not in _RIGHT:
            raise self._error(answer)
        self._names[text] = name
        return True

    def _look_again(self) -> None:
        answer = self._server.exec_(b"SELECT name FROM pg_prepared_statements")
        if answer.status not in _RIGHT:
            raise self._error(answer)
        there = {answer.get_value(row, 0) for row in range(answer.ntuples)}
        self._names = OrderedDict(one for one in self._names.items() if one[1] in there)
        self._doubted = False

    def _error(self, answer: PGresult) -> Error:
        if self._driver.broken:
            return OperationalError(answer.error_message.decode(errors="replace"))
        return error_from_result(answer)


def know_names(engine: Engine) -> None:
    """The connections of `engine` know statements by name; those of others have none."""
    event.listen(engine, "connect", _new)
    event.listen(engine, "rollback", _doubt)
    event.listen(engine, "rollback_savepoint", _doubt)
    event.listen(engine, "reset", _doubt_at_return)
    event.listen(engine, "before_cursor_execute", _doubt_after)


def names_of(connection: SqlConnection) -> Names | None:
    known: Names | None = connection.info.get(_KNOWN)
    return known


def _new(driver: Connection[Any], entry: ConnectionPoolEntry) -> None:
    entry.info[_KNOWN] = Names(driver)


def _doubt(connection: SqlConnection, *_: object) -> None:
    if not connection.invalidated and (names := names_of(connection)) is not None:
        names.doubt()


def _doubt_after(connection: SqlConnection, _cursor: object, text: str, *_: object) -> None:
    if text.startswith(_FORGETTING):
        _doubt(connection)


def _doubt_at_return(driver: Connection[Any], entry: ConnectionPoolEntry, _state: object) -> None:
    """The pool takes back what was left open; mostly nothing was."""
    if _KNOWN in entry.info and driver.pgconn.transaction_status != TransactionStatus.IDLE:
        entry.info[_KNOWN].doubt()
