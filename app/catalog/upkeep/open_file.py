"""Opening whatever was sent: BMEcat, a table, packed or not."""

from datetime import date
from typing import BinaryIO

from app.catalog.formats.bmecat import BmecatFile
from app.catalog.formats.source import open_source
from app.catalog.formats.stream import CatalogStream


def open_file(stream: BinaryIO, today: date, encoding: str | None = None) -> CatalogStream:
    """`stream` is seekable; FileRefused where nothing can be read from it."""
    return BmecatFile(open_source(stream), today, encoding=encoding)
