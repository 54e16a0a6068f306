"""COPY into PostgreSQL, whose end only the next statement awaits: the server works meanwhile.

Most of its work comes after the last row was sent, when it checks what the rows refer to.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from select import select
from typing import Any, Final

import psycopg
from psycopg.copy import LibpqWriter
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

_UNDER_WAY: Final = "copy under way"


def copy_rows(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Send `rows`; what is wrong with them is raised here, by the next statement or the commit."""
    _await(connection)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement, writer=_Sending(cursor)) as out:
        for row in rows:
            out.write_row(row)
    connection.info[_UNDER_WAY] = (driver.pgconn, statement)
    if not event.contains(connection, "before_cursor_execute", _await):
        event.listen(connection, "before_cursor_execute", _await)
        event.listen(connection, "commit", _await)
        event.listen(connection, "rollback", _give_up)


class _Sending(LibpqWriter):
    """As the driver's own, but it leaves when everything is sent."""

    def finish(self, exc: BaseException | None = None) -> None:
        if exc is not None:
            super().finish(exc)
            return
        server = self.connection.pgconn
        while not server.put_copy_end():
            select([], [server.socket], [])
        while server.flush():
            select([], [server.socket], [])


def _await(connection: Connection, *_: object) -> None:
    server, statement = connection.info.pop(_UNDER_WAY, (None, ""))
    refusals = []
    while server is not None and (result := _next_result(server)) is not None:
        if result.status != ExecStatus.COMMAND_OK:
            refusals.append(result)
    if refusals:
        error = error_from_result(refusals[0])
        raise DBAPIError.instance(
            statement,
            None,
            error,
            psycopg.Error,
            hide_parameters=connection.engine.hide_parameters,
            dialect=connection.dialect,
        ) from error


def _give_up(connection: Connection) -> None:
    with suppress(DBAPIError):  # what is taken back need not have been right
        _await(connection)


def _next_result(server: Any) -> Any:
    while server.is_busy():
        select([server.socket], [], [])  # others compute meanwhile
        server.consume_input()
    return server.get_result()
