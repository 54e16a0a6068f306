"""Putting a backup back: proven before anything is touched, the present state is kept."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from app.kernel.errors import Conflict, NotFound
from app.operations.back_up import (
    copy_database,
    new_private_file,
    proven,
    put_in_place,
    read_only,
    sqlite_file,
)
from app.operations.position import known_revisions
from app.operations.seal_copy import copy_unsealed


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the former state lies now."""

    streams: int
    events: int
    former: Path | None


def restore(engine: Engine, backup: Path, now: datetime) -> Restored:
    """Conflict while the portal runs, NotFound without a file; then nothing has changed."""
    target = sqlite_file(engine, "pg_restore --clean")
    if not backup.is_file():
        raise NotFound(f"Die Datei {backup} gibt es nicht.", "file_missing")
    _refuse_other_files(backup)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.restored")
    try:
        new_private_file(partial)
        if not copy_unsealed(backup, partial):  # a copy made by hand, or before there were seals
            copy_database(backup, partial)
        streams, events = proven(partial)
        engine.dispose()
        former = _set_aside(target, now)
        put_in_place(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return Restored(streams, events, former)


def _refuse_other_files(backup: Path) -> None:
    """A backup of ours, and not of a newer program."""
    try:
        with closing(read_only(backup)) as connection:
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.DatabaseError, TypeError):
        raise Conflict(
            f"Die Datei {backup} ist keine Sicherung dieses Portals.", "not_a_backup"
        ) from None
    if revision not in known_revisions():
        raise Conflict(
            f"Die Sicherung stammt von einer neueren Fassung (Migration {revision}). "
            "Spielen Sie sie mit jener Fassung zurück.",
            "backup_too_new",
        )


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Nothing is deleted: the state before lies beside under the time of the restore."""
    if not target.exists():
        return None
    _refuse_while_running(target)
    former = target.with_name(f"{target.name}.vor-{now:%Y%m%dT%H%M%SZ}")
    target.replace(former)
    for rest in ("-wal", "-shm"):
        log = target.with_name(target.name + rest)
        if log.exists():
            log.replace(former.with_name(former.name + rest))
    return former


def _refuse_while_running(target: Path) -> None:
    """Whoever has the file open keeps a lock that an exclusive one does not get past."""
    with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            raise Conflict(
                "Das Portal läuft noch und hält die Datenbank offen. Beenden Sie es zuerst.",
                "portal_running",
            ) from None
        except sqlite3.DatabaseError:
            return  # damaged: that is why somebody restores
