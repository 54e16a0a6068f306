"""CSV for German spreadsheets: semicolons, UTF-8 with its mark, and no cell that is a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from app.kernel.german import clean

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Numbers come as texts or ints that our own code formatted; user text is disarmed.

    A text that a spreadsheet would read as a formula gets a leading apostrophe, plain negative
    numbers stay numbers.
    """
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def _cell(cell: str | int) -> str | int:
    if isinstance(cell, int):
        return cell
    text = clean(cell)
    return f"'{text}" if text.startswith(DANGEROUS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "").replace(",", "").isdecimal()
