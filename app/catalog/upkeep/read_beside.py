"""Who reads a file: this process, or for a large one a process beside it."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import BinaryIO, Final

from app.catalog.formats.open_catalog import transaction_of
from app.catalog.formats.values import Transaction
from app.catalog.upkeep.open_file import Reading, is_table
from app.catalog.upkeep.read_file import Batch, FileFacts, read_file
from app.catalog.upkeep.tell_articles import Place
from app.kernel.beside import OpenFile, WorkLost, worked_out_beside, worked_out_here
from app.kernel.errors import Conflict

LARGE: Final = 2_000_000  # bytes; what is packed may have a dozen times as many


def file_in_batches(
    stream: BinaryIO, place: Place, reading: Reading
) -> AbstractContextManager[Iterator[Batch | FileFacts]]:
    """`stream` is seekable, and nobody changes it meanwhile. Conflict where the process dies."""
    if _size(stream) < LARGE or not _is_a_file(stream) or _asks_for_quantities(stream, reading):
        return worked_out_here(read_file, stream, place, reading)
    return _beside(OpenFile(stream.fileno()), place, replace(reading, price_quantities={}))


@contextmanager
def _beside(
    file: OpenFile, place: Place, reading: Reading
) -> Iterator[Iterator[Batch | FileFacts]]:
    try:
        with worked_out_beside(read_file, file, place, reading) as batches:
            yield batches
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


def _asks_for_quantities(stream: BinaryIO, reading: Reading) -> bool:
    """What amounts of an update of prices are for stands in the database."""
    if is_table(stream):
        return False
    return transaction_of(stream, reading.encoding) == Transaction.UPDATE_PRICES
