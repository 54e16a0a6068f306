"""A backup is proven before it has a name, and a restore before it touches anything."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app.audit.append import Happening, append
from app.audit.records import AuditEvent
from app.database.engine import open_engine, sessions
from app.kernel.errors import Conflict, NotFound
from app.operations.back_up import back_up
from app.operations.migrate import upgrade_database
from app.operations.restore import restore
from tests.support.clock import NOON
from tests.support.databases import PostgresServer


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path}/kitu.db")
    upgrade_database(engine)
    note(engine, "first")
    yield engine
    engine.dispose()


def note(engine: Engine, subject: str) -> None:
    with sessions(engine).begin() as session:
        append(session, "cooperative", NOON, Happening("noted", subject, "person:1", {}))


def copied_by_hand(engine: Engine, target: Path) -> Path:
    """With SQLite's own tool, as an administrator would."""
    source = closing(sqlite3.connect(str(engine.url.database)))
    with source as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
    return target


def events(engine: Engine) -> int | None:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(AuditEvent))


def test_what_was_backed_up_comes_back(portal: Engine, tmp_path: Path) -> None:
    copy = back_up(portal, tmp_path / "safe" / "kitu.backup")
    note(portal, "second")

    restored = restore(portal, copy.file, NOON)

    assert (copy.streams, copy.events) == (restored.streams, restored.events) == (1, 1)
    assert events(portal) == 1
    assert [file.name for file in copy.file.parent.iterdir()] == ["kitu.backup"]


def test_the_state_before_a_restore_is_kept(portal: Engine, tmp_path: Path) -> None:
    copy = back_up(portal, tmp_path / "kitu.backup")
    note(portal, "second")

    former = restore(portal, copy.file, NOON).former

    assert former is not None
    assert former.name == "kitu.db.vor-20261121T110000Z"
    kept = open_engine(f"sqlite:///{former}")
    assert events(kept) == 2
    kept.dispose()


def test_a_backup_while_others_write_is_consistent(portal: Engine, tmp_path: Path) -> None:
    stop = Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            note(portal, str(number))

    writer = Thread(target=write)
    writer.start()
    try:
        copies = [back_up(portal, tmp_path / f"{number}.backup") for number in range(5)]
    finally:
        stop.set()
        writer.join()

    counts = [copy.events for copy in copies]
    assert counts == sorted(counts)
    assert all(copy.size > 0 for copy in copies)


def test_a_manipulated_past_is_neither_backed_up_nor_restored(
    portal: Engine, tmp_path: Path
) -> None:
    copied = copied_by_hand(portal, tmp_path / "by-hand")
    with closing(sqlite3.connect(copied)) as connection, connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute("UPDATE audit_event SET subject = 'other'")

    with pytest.raises(Conflict) as refusal:
        restore(portal, copied, NOON)

    assert refusal.value.code == "chain_broken"
    assert "Zeile 1" in refusal.value.text
    assert events(portal) == 1
    assert not list(tmp_path.glob("*.vor-*"))


def test_a_running_portal_is_not_overwritten(portal: Engine, tmp_path: Path) -> None:
    copy = back_up(portal, tmp_path / "kitu.backup")
    other = open_engine(str(portal.url))

    with other.connect() as connection:
        connection.execute(text("SELECT 1 FROM audit_event"))
        with pytest.raises(Conflict) as refusal:
            restore(portal, copy.file, NOON)
    other.dispose()

    assert refusal.value.code == "portal_running"
    assert events(portal) == 1


@pytest.mark.parametrize("content", [b"", b"Das ist keine Datenbank", b"SQLite format 3\0" * 99])
def test_another_file_is_refused(portal: Engine, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other"
    other.write_bytes(content)

    with pytest.raises(Conflict) as refusal:
        restore(portal, other, NOON)

    assert refusal.value.code == "not_a_backup"
    assert events(portal) == 1


def test_a_backup_of_a_newer_program_is_refused(portal: Engine, tmp_path: Path) -> None:
    copied = copied_by_hand(portal, tmp_path / "by-hand")
    with closing(sqlite3.connect(copied)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(Conflict, match="neueren Fassung"):
        restore(portal, copied, NOON)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: raw[:90_000] + b"\x07" + raw[90_001:], id="one-byte"),
        pytest.param(lambda raw: raw[:40_960] + bytes(4096) + raw[45_056:], id="one-page"),
        pytest.param(lambda raw: raw[:4096] + b"\xff" * 4096 + raw[8192:], id="the-tables"),
        pytest.param(lambda raw: raw[:-1], id="last-byte-missing"),
        pytest.param(lambda raw: raw[: len(raw) // 2], id="cut-in-half"),
        pytest.param(lambda raw: raw + b"\n", id="one-byte-more"),
    ],
)
def test_a_backup_that_a_disk_has_changed_is_refused(
    portal: Engine, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    copy = back_up(portal, tmp_path / "kitu.backup")
    note(portal, "second")
    copy.file.write_bytes(damage(copy.file.read_bytes()))

    with pytest.raises(Conflict) as refusal:
        restore(portal, copy.file, NOON)

    assert refusal.value.code in {"database_damaged", "not_a_backup"}
    assert events(portal) == 2
    assert not list(tmp_path.glob("*.vor-*"))


def test_a_copy_made_with_other_tools_and_an_odd_name_comes_back(
    portal: Engine, tmp_path: Path
) -> None:
    """Backups from before there was a checksum, too."""
    copied = copied_by_hand(portal, tmp_path / "Stand 100% #1?.db")
    note(portal, "second")

    assert restore(portal, copied, NOON).events == 1
    assert events(portal) == 1


def test_a_missing_file_is_named(portal: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        restore(portal, tmp_path / "nowhere", NOON + timedelta(days=1))


def test_postgresql_is_backed_up_with_its_own_tools(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.fresh(tmp_path) as url:
        engine = open_engine(url)
        with pytest.raises(Conflict, match="pg_dump"):
            back_up(engine, tmp_path / "kitu.backup")
        with pytest.raises(Conflict, match="pg_restore"):
            restore(engine, tmp_path / "kitu.backup", NOON)
        engine.dispose()
