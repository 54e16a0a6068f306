"""The denominators: what the databases and the framework reach without our product."""

import sqlite3
import subprocess
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Final

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

CEILINGS: Final = 50
SNAPSHOT: Final = "x" * 346

TABLES: Final = """
CREATE TABLE idem (key TEXT PRIMARY KEY, answer TEXT);
CREATE TABLE art (id INTEGER PRIMARY KEY, name TEXT, price BIGINT);
CREATE TABLE ceil (id INTEGER PRIMARY KEY, used BIGINT NOT NULL, top BIGINT NOT NULL,
  CHECK (used <= top)){fill};
CREATE TABLE ord (id {serial}, member INTEGER, created TIMESTAMP, ceil INTEGER REFERENCES ceil(id),
  decision TEXT);
CREATE INDEX ord_member ON ord (member, created);
CREATE TABLE line (id {serial}, ord INTEGER REFERENCES ord(id), art INTEGER REFERENCES art(id),
  quantity INTEGER, price BIGINT);
CREATE TABLE audit (id {serial}, ord INTEGER, payload TEXT, hash TEXT);
"""
PGBENCH: Final = f"""
\\set c random(1, {CEILINGS})
\\set a random(1, 1998)
\\set k random(1, 9000000000000000)
BEGIN;
INSERT INTO idem (key) VALUES (:k || '-' || :client_id);
SELECT id, name, price FROM art WHERE id IN (:a, :a + 1, :a + 2);
INSERT INTO ord (member, created, ceil, decision) VALUES (:client_id, now(), :c, '{SNAPSHOT}')
  RETURNING id \\gset
INSERT INTO line (ord, art, quantity, price) VALUES (:id, :a, 1, 78900);
INSERT INTO line (ord, art, quantity, price) VALUES (:id, :a + 1, 1, 78900);
INSERT INTO line (ord, art, quantity, price) VALUES (:id, :a + 2, 1, 78900);
INSERT INTO audit (ord, payload, hash)
  VALUES (:id, '{SNAPSHOT}', encode(sha256(convert_to('{SNAPSHOT}', 'UTF8')), 'hex'));
UPDATE ceil SET used = used + 1 WHERE id = :c AND used + 1 <= top;
UPDATE idem SET answer = :id WHERE key = :k || '-' || :client_id;
COMMIT;
"""


def pgbench_limit(server: URL, folder: Path, seconds: int) -> float:
    """L1: transactions per second with 8 clients, prepared, ceiling last, 50 ceilings."""
    said = _pgbench(server, folder, seconds, clients=8)
    (rate,) = [line.split()[2] for line in said.splitlines() if line.startswith("tps")]
    return float(rate)


def pgbench_p99(server: URL, folder: Path, seconds: int) -> float:
    """Milliseconds of the same transaction with 16 clients, like the orders it is compared with."""
    log = folder / "latency"
    for old in folder.glob("latency.*"):
        old.unlink()
    _pgbench(server, folder, seconds, "-l", f"--log-prefix={log}", clients=16)
    took = sorted(
        int(line.split()[2])  # microseconds
        for file in folder.glob("latency.*")
        for line in file.read_text(encoding="ascii").splitlines()
    )
    return took[min(len(took) * 99 // 100, len(took) - 1)] / 1000


def _pgbench(server: URL, folder: Path, seconds: int, *more: str, clients: int) -> str:
    """What it prints; a fresh database each time."""
    url = server.set(database="bench_limit")
    _prepare_postgres(server, url)
    script = folder / "order.sql"
    script.write_text(PGBENCH, encoding="utf-8")
    address = ["-h", str(url.host), "-p", str(url.port), "-U", "postgres"]
    program = max(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds)]
    done = subprocess.run(  # noqa: S603 - a program of the distribution
        [str(program), *address, *options, *more, "-f", str(script), "bench_limit"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _prepare_postgres(server: URL, url: URL) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS bench_limit"))
        connection.execute(text("CREATE DATABASE bench_limit"))
    admin.dispose()
    engine = create_engine(url)
    serial = "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    with engine.begin() as connection:
        connection.exec_driver_sql(TABLES.format(serial=serial, fill=" WITH (fillfactor = 50)"))
        connection.exec_driver_sql(
            "INSERT INTO art SELECT i, 'Artikel ' || i, 78900 FROM generate_series(1, 2000) i"
        )
        connection.exec_driver_sql(
            f"INSERT INTO ceil SELECT i, 0, 1000000000 FROM generate_series(1, {CEILINGS}) i"
        )
    engine.dispose()


def sqlite_limit(folder: Path, seconds: float) -> float:
    """L2: the same transaction by Python's sqlite3 in one process, synchronous=FULL."""
    file = folder / "limit.db"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(TABLES.format(serial="INTEGER PRIMARY KEY", fill=""))
        articles = [(number, f"Artikel {number}", 78900) for number in range(1, 2001)]
        connection.executemany("INSERT INTO art VALUES (?, ?, ?)", articles)
        ceilings = [(number, 0, 10**9) for number in range(1, CEILINGS + 1)]
        connection.executemany("INSERT INTO ceil VALUES (?, ?, ?)", ceilings)
        began, done = perf_counter(), 0
        while perf_counter() - began < seconds:
            _order(connection, done)
            done += 1
        return done / (perf_counter() - began)


def _order(connection: sqlite3.Connection, number: int) -> None:
    article, ceiling = number % 1998 + 1, number % CEILINGS + 1
    run = connection.execute
    run("BEGIN IMMEDIATE")
    run("INSERT INTO idem (key) VALUES (?)", (str(number),))
    run(
        "SELECT id, name, price FROM art WHERE id IN (?, ?, ?)", (article, article + 1, article + 2)
    )
    order = run(
        "INSERT INTO ord (member, created, ceil, decision) VALUES (1, '2026-11-21', ?, ?)",
        (ceiling, SNAPSHOT),
    ).lastrowid
    for one in range(3):
        run(
            "INSERT INTO line (ord, art, quantity, price) VALUES (?, ?, 1, 78900)",
            (order, article + one),
        )
    digest = sha256(SNAPSHOT.encode()).hexdigest()
    run("INSERT INTO audit (ord, payload, hash) VALUES (?, ?, ?)", (order, SNAPSHOT, digest))
    run("UPDATE ceil SET used = used + 1 WHERE id = ? AND used + 1 <= top", (ceiling,))
    run("UPDATE idem SET answer = ? WHERE key = ?", (order, str(number)))
    run("COMMIT")
