"""Read a catalog file and say what an import would remark, without any database."""

from datetime import date
from typing import BinaryIO

from app.catalog.formats.bmecat import CatalogFile
from app.catalog.upkeep.import_result import Counted, ImportResult, result_of


def check_catalog(stream: BinaryIO, file_name: str, today: date) -> ImportResult:
    """`new` counts the readable articles. FileRefused where the file cannot be read at all."""
    file = CatalogFile(stream, today)
    readable = sum(1 for _ in file.articles())
    return result_of(file_name, file, Counted(readable))
