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
# Each row is looked up in every table that it refers to. Planning these small statements anew each
# time (bulk.plan_each_time) takes the server longer than all the rest of a row; and a plan that is
# kept must use the index, although it was made while the table was empty.
_KEEP_PLANS: Final = (
    "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off"
)
_PLAN_EACH_TIME: Final = (
    b"SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = on"
)


def copy_rows(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Send `rows`; what is wrong with them is raised here, by the next statement or the commit.

    From then on the transaction plans each of its statements anew: it fills tables.
    """
    _await(connection)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute(_KEEP_PLANS, prepare=False)
        with cursor.copy(statement, writer=_Sending(cursor)) as out:
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
    if server is not None and not refusals:
        server.exec_(_PLAN_EACH_TIME)
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
    if connection.invalidated:  # the server is gone, and with it what was under way
        return
    with suppress(DBAPIError):  # what is taken back need not have been right
        _await(connection)


def _next_result(server: Any) -> Any:
    while server.is_busy():
        select([server.socket], [], [])  # others compute meanwhile
        server.consume_input()
    return server.get_result()
