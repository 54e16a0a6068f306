"""Read a catalog file and say what an import would remark, without any database."""

from datetime import date
from typing import BinaryIO

from app.catalog.upkeep.import_result import Counted, ImportResult, result_of
from app.catalog.upkeep.open_file import PLAIN, Reading, open_file
from app.catalog.upkeep.read_file import facts_of


def check_catalog(
    stream: BinaryIO, file_name: str, today: date, reading: Reading = PLAIN
) -> ImportResult:
    """`new` counts the readable articles. FileRefused where the file cannot be read at all."""
    file = open_file(stream, today, reading)
    try:
        readable = sum(1 for _ in file.articles())
        return result_of(file_name, facts_of(file), file.findings, Counted(readable))
    finally:
        file.close()
