"""Files of many megabytes: kept and read in pieces, byte by byte what was sent."""

import io
import tracemalloc
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.archive.check_files import check_files
from app.archive.large_files import PIECE, SLICE, first_bytes, keep_stream, open_content
from app.archive.records import StoredFile
from app.archive.store import content, keep
from app.database.base import table_of
from app.database.engine import open_engine
from app.kernel.errors import NotFound
from tests.support.clock import NOON

KIND = "application/octet-stream"


def some_bytes(many: int) -> bytes:
    """Different ones everywhere, so that a piece in a wrong place is seen."""
    return b"".join(sha256(at.to_bytes(8)).digest() for at in range(many // 32 + 1))[:many]


class Zeros(io.RawIOBase):
    """That take no room."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._at = 0

    def read(self, many: int = -1) -> bytes:
        piece = bytes(min(many, self._size - self._at))
        self._at += len(piece)
        return piece

    def seek(self, at: int, _whence: int = 0) -> int:
        self._at = at
        return at


def zeros(size: int) -> BinaryIO:
    return cast("BinaryIO", Zeros(size))


@pytest.mark.parametrize("size", [0, 5, PIECE, SLICE + PIECE + 3])
def test_what_was_kept_in_pieces_is_what_was_sent(session: Session, size: int) -> None:
    sent = some_bytes(size)
    stream = io.BytesIO(sent)
    stream.read(3)

    digest = keep_stream(session, stream, KIND, NOON)
    again = keep_stream(session, stream, KIND, NOON)

    assert (digest, again, stream.tell()) == (sha256(sent).hexdigest(), digest, 0)
    assert keep(session, sent, KIND, NOON) == digest
    stored = content(session, digest)
    assert (stored.content, stored.size, stored.stored_at) == (sent, size, NOON)
    assert first_bytes(session, digest, 4) == sent[:4]
    with open_content(session, digest) as file:
        assert file.read() == sent
    assert check_files(session) == ()


def test_a_large_file_is_never_whole_in_the_memory_of_the_program(session: Session) -> None:
    size = 24 * PIECE

    tracemalloc.start()
    digest = keep_stream(session, zeros(size), KIND, NOON)
    _, kept = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert digest == sha256(bytes(size)).hexdigest()
    assert kept < 6 * PIECE


def test_room_for_a_large_file_is_made_in_the_database_not_in_memory(tmp_path: Path) -> None:
    """SQLite's own memory, which Python does not count."""
    size = 96 * PIECE
    engine = open_engine(f"sqlite:///{tmp_path}/kitu.db")
    table_of(StoredFile).create(engine)
    peak = Path("/proc/self/clear_refs")

    with Session(engine) as session:
        session.connection()
        peak.write_text("5")  # from now on, see proc(5)
        before = most_memory()
        keep_stream(session, zeros(size), KIND, NOON)
        grown = most_memory() - before
        session.rollback()
    engine.dispose()

    assert grown < size / 2


def most_memory() -> int:
    """This process's peak, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def test_what_is_missing_or_was_changed_is_not_given_out(session: Session) -> None:
    sent = io.BytesIO(b"Katalog")
    digest = keep_stream(session, sent, KIND, NOON)
    on = " ON stored_file" if session.get_bind().dialect.name == "postgresql" else ""
    session.execute(text(f"DROP TRIGGER stored_file_in_time{on}"))
    session.execute(text("UPDATE stored_file SET content = :other"), {"other": b"Anderes"})

    for name in (digest, "0" * 64):
        with pytest.raises(NotFound):
            open_content(session, name)
    assert first_bytes(session, "0" * 64, 4) == b""
    session.execute(text("UPDATE stored_file SET content = :nothing"), {"nothing": b""})
    keep_stream(session, sent, KIND, NOON)  # handed in again after it was erased
    with open_content(session, digest) as file:
        assert file.read() == b"Katalog"
