"""Reading the form of the quick order: typed rows, pasted rows, an uploaded table."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_source import open_cells
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.ordering.filling.rules_rows import Row, rows_of_cells, rows_of_text

NUMBER: Final = "nummer-"
QUANTITY: Final = "menge-"
LARGEST_TABLE: Final = 2_000_000
LONGEST_LINE_NUMBER: Final = 4  # digits


def typed_rows(sent: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows of the form in their order, then the pasted ones; rows without a number are none."""
    lines = sorted(
        int(name.removeprefix(NUMBER))
        for name in sent
        if name.startswith(NUMBER) and _is_line(name.removeprefix(NUMBER))
    )
    cells = (
        (at, [clean(sent.get(f"{NUMBER}{at}", "")), clean(sent.get(f"{QUANTITY}{at}", ""))])
        for at in lines
        if clean(sent.get(f"{NUMBER}{at}", ""))
    )
    return (*_as_typed(cells), *rows_of_text(sent.get("zeilen", "")))


def rows_of_file(content: bytes) -> tuple[Row, ...]:
    """The first sheet of a workbook, or a CSV file. Raises Malformed, said at the field."""
    if not content:
        raise _refused("missing", "Bitte wählen Sie eine Excel- oder CSV-Datei aus.")
    if len(content) > LARGEST_TABLE:
        raise _refused("too_large", "Die Datei ist größer als 2 MB.")
    try:
        rows = rows_of_cells(open_cells(BytesIO(content))[1])
    except FileRefused as fault:
        rows = _plain_list(content)
        if not rows:
            raise _refused(fault.code, fault.text) from fault
    if not rows:
        raise _refused("empty", "In der Datei stehen keine Zeilen.")
    return rows


def _plain_list(content: bytes) -> tuple[Row, ...]:
    """A text file with a number per line has no columns; anything else is no list."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ()
    return () if "\0" in text else rows_of_text(text)


def _as_typed(cells: Iterator[tuple[int, list[str]]]) -> tuple[Row, ...]:
    """Fields say which is which: nothing is guessed."""
    return rows_of_cells([(0, ["Artikelnummer", "Menge"]), *cells])


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_LINE_NUMBER


def _refused(code: str, text: str) -> Malformed:
    return Malformed(FieldError("datei", code, text))
