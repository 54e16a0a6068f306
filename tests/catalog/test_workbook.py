"""Workbooks as people and attackers make them: read row by row, whatever a sheet claims."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import pytest
import xlsxwriter

from app.catalog.formats.archive import open_archive
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_source import open_cells
from app.catalog.formats.workbook import MOST, workbook_rows

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK: Final = (
    f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
MEGABYTE: Final = 1024**2
Rows = list[tuple[int, list[str]]]


def workbook(*pieces: bytes, texts: Iterable[bytes] = (), head: bytes = b"") -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{MAIN}">'.encode())
            part.writelines(texts)
            part.write(b"</sst>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(head + f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            part.writelines(pieces)
            part.write(b"</sheetData></worksheet>")
    target.seek(0)
    return target


def rows(file: io.BytesIO) -> Rows:
    return [(number, list(cells)) for number, cells in workbook_rows(open_archive(file))]


def said(text: str, place: str = "") -> bytes:
    at = f' r="{place}"' if place else ""
    return f'<c{at} t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def test_cells_are_read_as_people_see_them() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "[$-407]d. mmmm yyyy"})
    euro = book.add_format({"num_format": '#,##0.00 "€ der Rate"'})
    sheet.write_row(0, 1, ["Größe <b>", 4006381333931, 1249.5, True])
    sheet.write_datetime(2, 0, datetime(2026, 5, 5, tzinfo=UTC).replace(tzinfo=None), day)
    sheet.write_number(2, 1, 5, euro)
    sheet.write_formula(2, 2, '="X"&"Y"', value="XY")
    sheet.write_rich_string(2, 3, "a", book.add_format({"bold": True}), "b", "c")
    book.close()

    assert rows(file) == [
        (1, ["", "Größe <b>", "4006381333931", "1249.5", "ja"]),
        (3, ["2026-05-05", "5", "XY", "abc"]),
    ]


def test_one_cell_in_the_last_corner_costs_nothing() -> None:
    """Libraries ask for half a terabyte here, and the whole program ends."""
    far = b'<row r="1048576">' + said("x", "XFD1048576") + b"</row>"
    file = workbook(b"<row>", said("A-1"), said("Titel"), b"</row>", far)

    tracemalloc.start()
    found = rows(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found == [(1, ["A-1", "Titel"])]
    assert peak < 10 * MEGABYTE


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (workbook(b"<row>" + b"<x/>" * 2_000_000 + b"</row>"), "archive_too_large"),
        (workbook(b"<row/>" * 101), "archive_too_large"),
        (workbook(texts=[b"<si><t>" + b"x" * 32_000 + b"</t></si>"] * 2_100), "archive_too_large"),
        (workbook(b"<row/>", head=b'<!DOCTYPE x [<!ENTITY a "b">]>'), "not_a_table"),
        (workbook(b"<row><c>"), "not_a_table"),
    ],
    ids=["junk in a row", "too many rows", "too many texts", "entities", "broken"],
)
def test_a_workbook_that_wants_to_harm_is_refused(
    monkeypatch: pytest.MonkeyPatch, file: io.BytesIO, code: str
) -> None:
    monkeypatch.setitem(MOST, "row", 100)
    with pytest.raises(FileRefused) as refused:
        rows(file)

    assert refused.value.code == code


def test_a_text_that_many_cells_share_is_held_once() -> None:
    cells = b'<row><c t="s"><v>0</v></c></row>' * 2_000
    file = workbook(cells, texts=[b"<si><t>" + b"x" * 32_000 + b"</t></si>"])

    tracemalloc.start()
    found = sum(len(row[0]) for _, row in workbook_rows(open_archive(file)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found == 64_000_000
    assert peak < 10 * MEGABYTE


def test_a_line_of_a_table_without_an_end_is_refused_before_it_fills_the_memory() -> None:
    file = io.BytesIO(b'Artikelnummer;Bezeichnung\nA-1;"' + b"x" * 20_000_000)

    with pytest.raises(FileRefused) as refused:
        list(open_cells(file)[1])

    assert refused.value.code == "not_a_table"
