"""Opening a database: one way to begin a transaction on SQLite and on PostgreSQL."""

from collections.abc import Callable
from contextlib import suppress
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from time import monotonic
from typing import Any, Final

from psycopg import Connection as PostgresConnection
from psycopg import Error as PostgresError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from app.database.prepared import know_names
from app.database.straight import send
from app.database.together import settle_before_others

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # orders are evidence: a power cut must not take the last commit
    "foreign_keys=ON",
    "busy_timeout=10000",
    "cache_size=-32000",
)
LARGE: Final = 256 * 1024 * 1024
"""Bytes of a file from which a connection's own cache holds the lesser part by far."""
MAPPED: Final = 0x7FFF_0000  # bytes at most, by SQLite itself
LONGEST_WAIT: Final = 30  # seconds in the queue of writers
TRUSTED: Final = 5  # seconds that a connection may lie unused without being tried
WRITING: Final = "writing"
_UNUSED_SINCE: Final = "unused since"


def open_engine(url: str, connections: int = 5) -> Engine:
    """An engine with `connections` pooled connections and no overflow."""
    engine = create_engine(url, **_options(make_url(url), connections))
    _listen(engine)
    if engine.dialect.name == "sqlite":
        writers = _Writers()
        event.listen(engine, "begin", writers.begin)
        event.listen(engine, "commit", writers.end)
        event.listen(engine, "rollback", writers.end)
    return engine


def _options(url: URL, connections: int) -> dict[str, Any]:
    options: dict[str, Any] = {
        "pool_size": connections,
        "max_overflow": 0,
        "hide_parameters": True,  # an error in the log must not quote what somebody entered
    }
    if url.get_backend_name() == "postgresql":
        # Compiling a statement of many small parts takes longer than any of ours runs.
        settings = "-c lock_timeout=10000 -c timezone=UTC -c jit=off"
        options["connect_args"] = {"options": settings}
    return options


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    else:
        event.listen(engine, "connect", _compress_quickly)
        know_names(engine)
        settle_before_others(engine)
        event.listen(engine, "checkin", _note_time)
        event.listen(engine, "checkout", _try_again(engine))


def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)


def reading(factory: sessionmaker[Session]) -> Engine:
    """The same database for those who only read: one state of it from the first to the last word.

    On SQLite they never queue with the writers.
    """
    engine: Engine = factory.kw["bind"]
    if engine.dialect.name == "postgresql":  # else each statement would see what came meanwhile
        return engine.execution_options(writes=False, isolation_level="REPEATABLE READ")
    return engine.execution_options(writes=False)


def looking(factory: sessionmaker[Session], connections: int = 5) -> Engine:
    """The same database for busy pages that only read: no BEGIN, no COMMIT, nothing to take back.

    Each statement sees what is committed when it begins. The connections are its own, because
    switching one to and fro costs as much as the statement; whoever opens it disposes of it.
    """
    engine: Engine = factory.kw["bind"]
    options = {**_options(engine.url, connections), "pool_reset_on_return": None}
    looking = create_engine(engine.url, isolation_level="AUTOCOMMIT", **options)
    _listen(looking)
    return looking


def _prepare(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin too late: at the first write
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if _bytes_of(connection) >= LARGE:
        # Pages are looked at in the system's cache instead of being copied out of it, one call
        # each: a search reads several hundred. What is mapped counts as memory of the process,
        # so a small file is not.
        connection.execute(f"PRAGMA mmap_size={MAPPED}")


def _bytes_of(connection: SqliteConnection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(size)


def _compress_quickly(connection: PostgresConnection, _entry: ConnectionPoolEntry) -> None:
    """The 20 kB of a decision take 8 % of the server's work for an order to pack its own way.

    Servers that were built without lz4 stay with that.
    """
    connection.autocommit = True  # a setting made in a transaction would end with its rollback
    with suppress(PostgresError):
        connection.execute("SET default_toast_compression = 'lz4'")
    connection.autocommit = False


def _note_time(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.info[_UNUSED_SINCE] = monotonic()


def _try_again(engine: Engine) -> Callable[..., None]:
    """`pool_pre_ping`, but only where a connection lay unused: each try is a round trip."""

    def ping(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
        since = entry.info.get(_UNUSED_SINCE)
        if since is None or monotonic() - since < TRUSTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return ping


class _Writers:
    """One writer at a time inside this process; SQLite itself lets waiting ones poll and starve."""

    def __init__(self) -> None:
        self._turn = Lock()

    def begin(self, connection: Connection) -> None:
        if not connection.get_execution_options().get("writes", True):
            send(connection, "BEGIN")
            return
        if not self._turn.acquire(timeout=LONGEST_WAIT):
            raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("waited for the writer"))
        connection.info[WRITING] = True
        try:
            send(connection, "BEGIN IMMEDIATE")
        except BaseException:
            self.end(connection)
            raise

    def end(self, connection: Connection) -> None:
        if connection.info.pop(WRITING, False):
            self._turn.release()
