"""A verified copy of the running database in one file."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.kernel.errors import Conflict
from app.operations.seal_copy import seal

PAGES_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Copy:
    """What the verification of the copy has counted."""

    file: Path
    size: int
    streams: int
    events: int


def back_up(engine: Engine, target: Path) -> Copy:
    """Copy while others write, prove the copy, seal it, then give it its name.

    Conflict on PostgreSQL, and where the disk is full.
    """
    source = sqlite_file(engine, "pg_dump --format=custom")
    if target.is_dir():
        raise Conflict(f"{target} ist ein Ordner; nennen Sie eine Datei darin.", "is_a_folder")
    partial = target.with_name(f".{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        new_private_file(partial)
        copy_database(source, partial)
        streams, events = proven(partial)
        seal(partial)
        put_in_place(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return Copy(target, target.stat().st_size, streams, events)


def sqlite_file(engine: Engine, otherwise: str) -> Path:
    """The file of the embedded database; the large mode has PostgreSQL's own tools."""
    if engine.dialect.name != "sqlite" or engine.url.database is None:
        raise Conflict(
            "Diese Datenbank ist PostgreSQL: sichern und zurückspielen Sie sie mit dessen "
            f"eigenen Werkzeugen ({otherwise}).",
            "postgresql_has_its_own_tools",
        )
    return Path(engine.url.database)


def copy_database(source: Path, target: Path) -> None:
    """SQLite's online copy: consistent, although orders go on meanwhile."""
    try:
        with closing(read_only(source)) as original, closing(sqlite3.connect(target)) as copy:
            original.backup(copy, pages=PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            text = f"In {target.parent} ist kein Platz mehr für die Kopie."
            raise Conflict(text, "disk_full") from None
        raise Conflict(f"{source} lässt sich nicht kopieren: {error}", "not_copied") from None


def new_private_file(file: Path) -> None:
    """Empty, and only its owner reads it."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def read_only(file: Path) -> sqlite3.Connection:
    """Whatever signs its name has."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def proven(file: Path) -> tuple[int, int]:
    """Streams and events of a sound copy; Conflict names what does not hold."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        with Session(engine) as session:
            answer = session.scalar(text("PRAGMA integrity_check"))
            if answer != "ok":
                raise Conflict(f"Die Datei ist beschädigt: {answer}", "database_damaged")
            verification = verify_chains(session)
            if not verification.holds:
                first = verification.breaks[0]
                raise Conflict(
                    f"Die Prüfkette {first.stream} hält bei Zeile {first.position} nicht: "
                    f"{first.reason}",
                    "chain_broken",
                )
            return verification.streams, verification.events
    except DatabaseError:
        raise Conflict("Die Datei ist beschädigt und nicht lesbar.", "database_damaged") from None
    finally:
        engine.dispose()


def put_in_place(partial: Path, target: Path) -> None:
    """The name appears only when every byte is on the disk."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
