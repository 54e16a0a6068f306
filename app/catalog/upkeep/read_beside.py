"""Who reads a file: this process, or for a large one processes beside it."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from typing import BinaryIO, Final

from app.catalog.formats.open_catalog import transaction_of
from app.catalog.formats.share import Share
from app.catalog.formats.values import Transaction
from app.catalog.upkeep.open_file import Reading, is_table
from app.catalog.upkeep.read_file import Batch, FileFacts, read_file
from app.catalog.upkeep.read_in_shares import put_together
from app.catalog.upkeep.tell_articles import Place
from app.kernel.beside import OpenFile, WorkLost, worked_out_beside, worked_out_here
from app.kernel.errors import Conflict

LARGE: Final = 2_000_000  # bytes; what is packed may have a dozen times as many
ARTICLE: Final = 3000  # bytes of a long one; a known one is hardly more work than its parsing
READERS: Final = min(4, len(os.sched_getaffinity(0)))  # then who writes has as much to do as each


def file_in_batches(
    stream: BinaryIO, place: Place, reading: Reading
) -> AbstractContextManager[Iterator[Batch | FileFacts]]:
    """`stream` is seekable, and nobody changes it meanwhile. Conflict where a process dies."""
    if _size(stream) < LARGE or not _is_a_file(stream):
        return worked_out_here(read_file, stream, place, reading)
    transaction = "" if is_table(stream) else transaction_of(stream, reading.encoding)
    if transaction == Transaction.UPDATE_PRICES:
        # What its amounts are for stands in the database.
        return worked_out_here(read_file, stream, place, reading)
    file, reading = OpenFile(stream.fileno()), replace(reading, price_quantities={})
    known = reading.known.articles if reading.known is not None else 0
    several = transaction and known * ARTICLE < _size(stream)
    return _beside(file, place, reading, READERS if several else 1)


@contextmanager
def _beside(
    file: OpenFile, place: Place, reading: Reading, readers: int
) -> Iterator[Iterator[Batch | FileFacts]]:
    shares = [replace(reading, share=Share(reader, readers)) for reader in range(readers)]
    try:
        with ExitStack() as stack:
            read = [
                stack.enter_context(worked_out_beside(read_file, file, place, share))
                for share in shares
            ]
            yield put_together(read) if readers > 1 else read[0]
    except WorkLost as lost:
        raise Conflict(
            "Das Einlesen ist abgebrochen, vermutlich fehlte dem Server Arbeitsspeicher. "
            "Übernommen ist nichts. Bitte senden Sie die Datei noch einmal.",
            "reading_stopped",
        ) from lost


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def _is_a_file(stream: BinaryIO) -> bool:
    try:
        stream.fileno()
    except OSError:
        return False
    return True
