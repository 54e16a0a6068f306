"""Work for a process beside: functions that it finds by their names."""

import os
import signal
from collections.abc import Generator
from pathlib import Path

from app.catalog.formats.findings import FileRefused
from app.catalog.upkeep.open_file import Reading
from app.catalog.upkeep.read_file import Batch, FileFacts, read_file
from app.catalog.upkeep.tell_articles import Place
from app.kernel.beside import OpenFile
from app.kernel.errors import FieldError, Malformed


def squares(numbers: range) -> Generator[tuple[int, str], None, None]:
    for number in numbers:
        yield number * number, "ä" * (number % 7)


def lines(file: OpenFile) -> Generator[bytes, None, None]:
    with file.open() as stream:
        yield from stream
        stream.seek(-3, os.SEEK_END)
        yield stream.read()


def refuse_after(many: int) -> Generator[int, None, None]:
    yield from range(many)
    raise FileRefused("So nicht.", "not_so", 7, 3, offer="windows-1252")


def malformed() -> Generator[int, None, None]:
    yield 1
    raise Malformed(FieldError("lot", "lot_unknown", "Kein Los."), code="lot")


def fail() -> Generator[int, None, None]:
    yield 1
    raise ZeroDivisionError("nobody foresaw this")


def die() -> Generator[int, None, None]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)
    yield 2


def endless(told: Path) -> Generator[bytes, None, None]:
    """Says which process it is, then how far it is: one sign for each piece of 100 kB."""
    yield str(os.getpid()).encode()
    with told.open("wb", buffering=0) as progress:
        while True:
            progress.write(b".")
            yield bytes(100_000)


def read_half(
    file: OpenFile, place: Place, reading: Reading
) -> Generator[Batch | FileFacts, None, None]:
    """Dies after the first articles, as if the memory had not been enough."""
    read = read_file(file, place, reading)
    yield next(read)
    os.kill(os.getpid(), signal.SIGKILL)
