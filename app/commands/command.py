"""What all commands share: arguments, output, time, and a database that fits the program."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.database.all_records import all_tables
from app.database.engine import open_engine, sessions
from app.kernel.errors import Conflict, FieldError, Malformed
from app.operations.position import position
from app.settings import Settings, load_settings

DONE: Final = 0
FOUND_WRONG: Final = 1
PATIENCE: Final = 2.0

Groups = Any  # argparse keeps the type of its sub-parsers private
Run = Callable[[Namespace], int]


def add(groups: Groups, name: str, run: Run, summary: str, example: str) -> ArgumentParser:
    """One command with a help text that shows how to use it."""
    parser: ArgumentParser = groups.add_parser(
        name,
        help=summary,
        description=summary,
        epilog=f"Beispiel:\n  {example}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def group(groups: Groups, name: str, summary: str) -> Groups:
    parser = groups.add_parser(name, help=summary, description=summary)
    return parser.add_subparsers(metavar="BEFEHL", required=True)


def with_json(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("--json", action="store_true", help="Antwort als ein JSON-Objekt")
    return parser


def say(text: str) -> None:
    """The answer: standard output."""
    sys.stdout.write(f"{text}\n")


def warn(text: str) -> None:
    """Reasons and progress: standard error."""
    sys.stderr.write(f"{text}\n")


def answer(arguments: Namespace, value: dict[str, Any], *lines: str) -> None:
    """The same answer for a program or for a person."""
    if arguments.json:
        say(json.dumps(value, ensure_ascii=False))
    else:
        for line in lines:
            say(line)


def now() -> datetime:
    return datetime.now(UTC)


def file_content(path: str) -> bytes:
    return existing(path).read_bytes()


def existing(path: str) -> Path:
    """Malformed where there is no such file."""
    file = Path(path)
    if not file.is_file():
        raise Malformed(FieldError("FILE", "file_missing", f"Die Datei {path} gibt es nicht."))
    return file


@contextmanager
def patience(what: str) -> Iterator[Callable[[str], None]]:
    """Says every two seconds that the work goes on, and how far it is if somebody tells it."""
    done = Event()
    began = monotonic()
    far = [""]

    def tell() -> None:
        while not done.wait(PATIENCE):
            warn(f"{what} … {monotonic() - began:.0f} s{far[0]}")

    def note(how_far: str) -> None:
        far[0] = f", {how_far}"

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield note
    finally:
        done.set()
        teller.join()


@contextmanager
def transaction(*, writes: bool = True) -> Iterator[Session]:
    """One command, one transaction: all of it or nothing."""
    with database(load_settings()) as engine, sessions(engine).begin() as session:
        session.connection(execution_options={"writes": writes})
        yield session


@contextmanager
def database(settings: Settings, *, create: bool = False) -> Iterator[Engine]:
    """Open, and at the newest migration. Only the embedded one is made or upgraded by itself."""
    all_tables()  # a command imports one capability, but its rows point into others
    if not create:
        refuse_missing(settings)
    elif settings.sqlite_file is not None:
        make_private(settings.sqlite_file)
    engine = open_engine(settings.database_url, settings.request_threads + 4)
    try:
        _fit(settings, engine)
        yield engine
    finally:
        engine.dispose()


def refuse_missing(settings: Settings) -> None:
    """Conflict where there is no file yet: SQLite would make an empty one."""
    file = settings.sqlite_file
    if file is not None and not file.exists():
        raise Conflict(
            f"Die Datenbank {file} gibt es noch nicht: kitu db upgrade (leer) oder kitu demo.",
            "database_missing",
        )


def make_private(file: Path) -> None:
    """An empty database file that only its owner reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _fit(settings: Settings, engine: Engine) -> None:
    stand = position(engine)
    if settings.embedded and not stand.current:
        # Alembic weighs 30 MB, and most commands find nothing to migrate.
        import_module("app.operations.migrate").upgrade_database(engine)
    elif not stand.current:
        raise Conflict(stand.fault, "database_too_new" if stand.newer else "database_behind")
