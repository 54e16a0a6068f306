"""A fresh SQLite file or PostgreSQL database for every test, copied from a ready template."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Dialect, create_engine, event, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlalchemy.util import LRUCache

from app.database.engine import open_engine, sessions
from tests.support.schema import build_schema

MISSING = (
    "PostgreSQL fehlt: apt-get install postgresql "
    "(oder KITU_TEST_DATABASE_URL=postgresql+psycopg://… setzen)"
)
TEMPLATE = "kitu_template"
NUMBERS = count(1)
DIALECTS: dict[str, Dialect] = {}
STATEMENTS: LRUCache[Any, Any] = LRUCache(3000)
"""Compiled ones, for every database of this process: the next test asks the same."""


@dataclass(frozen=True)
class Database:
    """A database with all tables and nothing in them."""

    url: str
    engine: Engine
    sessions: sessionmaker[Session]

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"


@contextmanager
def opened(url: str, connections: int = 12) -> Iterator[Database]:
    engine = open_engine(url, connections)
    engine.dialect = _known_dialect(engine)
    engine.update_execution_options(compiled_cache=STATEMENTS)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_waiting)
    try:
        yield Database(url, engine, sessions(engine))
    finally:
        engine.dispose()


def _without_waiting(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    """No test cuts the power; waiting for the disk at each commit takes longer than the commit."""
    connection.execute("PRAGMA synchronous=OFF")


def _known_dialect(engine: Engine) -> Dialect:
    """One for all databases of a kind: a statement is compiled for one dialect and kept with it."""
    name = engine.dialect.name
    if name not in DIALECTS:
        with create_engine(engine.url, poolclass=NullPool).connect() as connection:
            DIALECTS[name] = connection.dialect
    return DIALECTS[name]


@dataclass(frozen=True)
class SqliteServer:
    """A file that is copied."""

    template: Path

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        file = folder / f"kitu-{next(NUMBERS)}.db"
        shutil.copyfile(self.template, file)
        yield f"sqlite:///{file}"
        for left in folder.glob(f"{file.name}*"):  # gigabytes, if all were kept
            left.unlink(missing_ok=True)


@dataclass
class PostgresServer:
    """A running server with a template database."""

    admin: Engine
    kept: "_Reused | None" = None

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        """One database is emptied and handed out again: copying a hundred tables takes longer."""
        lent, self.kept = self.kept or _Reused.made(self.template()), None
        yield lent.url
        if lent.emptied() and self.kept is None:
            self.kept = lent
        else:
            lent.dropped()

    def template(self) -> AbstractContextManager[str]:
        # FILE_COPY: 0.04 s instead of 0.27 s, where nothing has to survive a power cut
        return self._made(f"TEMPLATE {TEMPLATE}_{os.getpid()} STRATEGY FILE_COPY")

    def empty(self) -> AbstractContextManager[str]:
        """Without tables, for the migrations."""
        return self._made("ENCODING 'UTF8' TEMPLATE template0")

    @contextmanager
    def _made(self, how: str) -> Iterator[str]:
        name = f"kitu_test_{os.getpid()}_{next(NUMBERS)}"
        with self.admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} {how}"))
        try:
            yield _url(self.admin.url, name)
        finally:
            with self.admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


# Guards refuse TRUNCATE and DELETE, except to a session that plays a replica.
# A table without a page never had a row; setting a sequence back writes no catalog of the server.
EMPTY = """
DO $$ DECLARE one record; BEGIN
  SET LOCAL session_replication_role = replica;
  SET LOCAL lock_timeout = '3s';
  FOR one IN SELECT oid::regclass AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
  LOOP EXECUTE format('DELETE FROM %s', one.name); END LOOP;
  PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL;
END $$
"""
# Columns and working guards: a test of evidence switches guards off.
SHAPE = text(
    "SELECT count(*) || ' columns, ' || "
    "(SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'D') || ' guards' "
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped"
)
OFTEN = 150  # then a new copy: emptied tables grow by what was deleted


@dataclass
class _Reused:
    """A copy of the template that tests use one after the other.

    Its one connection stays: a new one would have to learn all tables again before it empties them.
    """

    url: str
    engine: Engine
    made_by: AbstractContextManager[str]
    shape: str
    used: int = 0

    @classmethod
    def made(cls, made_by: AbstractContextManager[str]) -> "_Reused":
        url = made_by.__enter__()
        engine = create_engine(url, pool_size=1, max_overflow=0)
        with engine.connect() as connection:
            shape = connection.execute(SHAPE).scalar_one()
        return cls(url, engine, made_by, shape)

    def emptied(self) -> bool:
        """False where a test changed the tables themselves, or left somebody connected."""
        self.used += 1
        try:
            with self.engine.begin() as connection:
                if self.used >= OFTEN or connection.execute(SHAPE).scalar_one() != self.shape:
                    return False
                connection.execute(text(EMPTY.replace(":", "\\:")))
        except SQLAlchemyError:
            return False
        return True

    def dropped(self) -> None:
        self.engine.dispose()
        self.made_by.__exit__(None, None, None)


def sqlite_server(folder: Path) -> SqliteServer:
    template = folder / "template.db"
    build_schema(f"sqlite:///{template}")
    return SqliteServer(template)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The server of KITU_TEST_DATABASE_URL, else one of our own that ends with the tests."""
    given = os.environ.get("KITU_TEST_DATABASE_URL")
    if given:
        yield from _with_template(make_url(given))
        return
    with private_cluster() as url:
        yield from _with_template(url)


def _with_template(url: URL) -> Iterator[PostgresServer]:
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    template = f"{TEMPLATE}_{os.getpid()}"
    try:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)"))
            connection.execute(
                text(f"CREATE DATABASE {template} ENCODING 'UTF8' TEMPLATE template0")
            )
        build_schema(_url(url, template))
        server = PostgresServer(admin)
        yield server
        if server.kept is not None:
            server.kept.dropped()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)"))
    finally:
        admin.dispose()


def _url(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)


@contextmanager
def private_cluster(*, durable: bool = False) -> Iterator[URL]:
    """Debian's PostgreSQL in a temporary folder, on a loopback port nobody uses.

    `durable`: as it is operated (compose.yaml); else it forgets what a cut of power would lose.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="kitu-pg-"))
    owner = "postgres" if os.geteuid() == 0 else None
    if owner is not None:
        shutil.chown(folder, owner, owner)
    port = free_port()
    try:
        initdb: list[str | Path] = [
            programs / "initdb",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
        ]
        _run([*initdb, "--locale=C.UTF-8", "--no-sync", "-D", folder / "data"], owner)
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        if durable:
            settings += " -c shared_buffers=1GB"
        else:
            settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        log: list[str | Path] = ["-l", folder / "log", "-o", settings]
        _run([programs / "pg_ctl", "-D", folder / "data", "-w", *log, "start"], owner)
        try:
            yield URL.create("postgresql+psycopg", "postgres", None, "127.0.0.1", port, "postgres")
        finally:
            _run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[4])
    )
    if not found:
        raise RuntimeError(MISSING)
    return found[-1].parent


def _run(command: list[str | Path], owner: str | None) -> None:
    done = subprocess.run(  # noqa: S603 - fixed programs of the distribution
        command,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
