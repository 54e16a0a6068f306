"""Words and values to the driver, past SQLAlchemy's execution: its listeners and errors stay."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import RawCursor
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.database.prepared import names_of

Row = Mapping[str, Any]
Parameters = Row | Sequence[Any]


def answered(connection: Connection, text: str, parameters: Parameters) -> list[Any]:
    """What the database answers; none where the statement has no answer."""
    names = names_of(connection) if connection.dialect.name == "postgresql" else None
    if names is not None and not isinstance(parameters, Mapping):
        try:
            if (values := names.ready(text, parameters)) is not None:
                tell(connection, None, text, parameters)
                return names.rows(text, values)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_usual(connection, text, parameters, error) from error
    cursor = sent(connection, text, parameters)
    found: list[Any] = [] if cursor.description is None else cursor.fetchall()
    cursor.close()
    return found


def sent(connection: Connection, text: str, parameters: Any, *, many: bool = False) -> Any:
    """The driver's cursor, executed."""
    driver: Any = connection.connection.dbapi_connection
    cursor = RawCursor(driver) if connection.dialect.name == "postgresql" else driver.cursor()
    tell(connection, cursor, text, parameters, many=many)
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        cursor.close()
        raise _as_usual(connection, text, parameters, error) from error
    return cursor


def tell(
    connection: Connection, cursor: Any, text: str, parameters: Any, *, many: bool = False
) -> None:
    """Those who listen to statements; a statement by its name has no cursor."""
    for listening in connection.dispatch.before_cursor_execute:
        listening(connection, cursor, text, parameters, None, many)


def _as_usual(connection: Connection, text: str, parameters: Any, error: Exception) -> Exception:
    """The driver's error as SQLAlchemy's."""
    return DBAPIError.instance(
        text,
        parameters,
        error,
        connection.dialect.loaded_dbapi.Error,
        hide_parameters=connection.engine.hide_parameters,
        dialect=connection.dialect,
    )
