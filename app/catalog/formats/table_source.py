"""Opening a table safely: Excel or CSV, whatever its separator and character set."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, Final, TextIO

from app.catalog.formats.archive import open_archive
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.workbook import COLUMNS, workbook_rows

CHUNK: Final = 1024 * 1024
MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP: Final = b"PK\x03\x04"
FOREIGN: Final = (b"\xd0\xcf", b"%PDF")  # what Excel wrote until 2003, and printed lists
SEPARATORS: Final = ";,\t|"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
LONGEST_CELL: Final = 1_000_000
LONGEST_LINE: Final = 8 * CHUNK
HEAD_ROWS: Final = 20  # titles and blank lines that may stand above the heads

NO_SIGN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold and PostgreSQL in part neither, as NUL: no program means to write it."""

Row = tuple[int, Sequence[str]]


class Table:
    """The heads of a table and its rows, with their line numbers; the first sheet of a workbook."""

    def __init__(self, form: str, rows: Iterator[Row]) -> None:
        self.form = form
        self.heads: list[str] = []
        self._rows = rows
        for _, cells in islice(rows, HEAD_ROWS):
            filled = [cell for cell in cells if cell]
            if len(filled) > 1:
                self.heads = _told_apart(cells)
                return
        raise FileRefused(
            "In der Tabelle stehen keine Spaltenköpfe. Die erste Zeile muss sie nennen.", "no_heads"
        )

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line number, and the filled cells by head; blank rows are passed over."""
        for number, cells in self._rows:
            row = {head: cell for head, cell in zip(self.heads, cells, strict=False) if cell}
            if row:
                yield number, row


def _told_apart(heads: Sequence[str]) -> list[str]:
    """Of two columns `Preis` the first counts; who confirms the columns may choose `Preis (2)`."""
    seen: Counter[str] = Counter()
    found = []
    for head in heads:
        seen[head] += 1
        told = f"{head} ({seen[head]})" if head and seen[head] > 1 else head
        while told and told in found:
            seen[head] += 1
            told = f"{head} ({seen[head]})"
        found.append(told)
    return found


def open_table(stream: BinaryIO) -> Table:
    """`stream` is seekable; FileRefused where it is neither a workbook nor a text table."""
    form, rows = open_cells(stream)
    return Table(form, rows)


def open_cells(stream: BinaryIO) -> tuple[str, Iterator[Row]]:
    """The same without heads: what it is, and all rows of cells with their line numbers."""
    magic = stream.read(4)
    stream.seek(0)
    if magic == ZIP:
        return "Excel", workbook_rows(open_archive(stream))
    if magic.startswith(FOREIGN) or (b"\x00" in magic and not magic.startswith(MARKS)):
        raise FileRefused(
            "Dieses Format wird nicht gelesen. Bitte als .xlsx oder CSV speichern.", "not_a_table"
        )
    return "CSV", _text_rows(stream)


def _text_rows(stream: BinaryIO) -> Iterator[Row]:
    text = io.TextIOWrapper(stream, encoding=_encoding(stream), newline="")
    csv.field_size_limit(LONGEST_CELL)
    try:
        separator = _separator(text)
        text.seek(0)
    except FileRefused:
        text.detach()
        raise
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, [_unguarded(cell.strip()) for cell in cells[:COLUMNS]]
    except (csv.Error, UnicodeDecodeError) as error:
        raise FileRefused(
            "Die Tabelle ist ab hier nicht lesbar: ein Anführungszeichen fehlt, oder der "
            "Zeichensatz wechselt. Bitte als CSV UTF-8 speichern.",
            "not_a_table",
            reader.line_num,
            1,
        ) from error
    finally:
        if not stream.closed:
            text.detach()  # else the text would close what its owner still reads


def _separator(text: TextIO) -> str:
    """Of the first line that has any: a title or a piece of a head of several lines has none."""
    try:
        for _ in range(HEAD_ROWS):
            head = text.readline(LONGEST_CELL)
            separator = max(SEPARATORS, key=head.count)
            if separator in head:
                return separator
    except UnicodeDecodeError as error:
        raise _no_table() from error
    raise _no_table()


def _no_table() -> FileRefused:
    return FileRefused("Die Datei ist weder ein Katalog noch eine Tabelle.", "not_a_table")


def _lines(text: TextIO) -> Iterator[str]:
    """A line is never longer than what fits in memory; csv itself would read it whole."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error("line too long")
        yield NO_SIGN.sub("", line)


def _encoding(stream: BinaryIO) -> str:
    """UTF-16 where a mark says so, UTF-8 where all of it is, else Windows-1252.

    Spreadsheets write the first as "Unicode-Text" and the last as CSV.
    """
    marked = stream.read(2) in MARKS
    stream.seek(0)
    if marked:
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        stream.seek(0)
    return "utf-8-sig"


def guarded(cell: str) -> str:
    """For CSV: no cell starts a formula; `_unguarded` takes the mark away again."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell.removeprefix("'")
