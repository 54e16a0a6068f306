"""Reading the first sheet of an Excel workbook as a stream.

Libraries build the whole rectangle that a sheet claims to have: one cell in the last corner of a
file of two kilobytes asks for half a terabyte and ends the program. Here a row is all that is held.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import inf
from typing import Final

from lxml.etree import _Element as Element

from app.catalog.formats.workbook_parts import (
    Parts,
    elements,
    local,
    parts_of,
    said_in,
    too_large,
    unescaped,
)

EXPANDED_LIMIT: Final = 400 * 1024**2
MOST_ROWS: Final = 1_048_576
MOST_CELLS: Final = 30_000_000
MOST: Final = {"row": MOST_ROWS, "c": MOST_CELLS}
COLUMNS: Final = 500
PLACE: Final = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
LETTERS: Final = 26
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?")
FIRST_DAY: Final = date(1899, 12, 30)
FIRST_DAY_1904: Final = date(1904, 1, 1)
LEAP_ERROR: Final = 60  # Excel knows a 29 February 1900
LAST_DAY: Final = 2_958_465  # 31 December 9999
YEARS_APART: Final = 1462  # days from one first day to the other
AFTER_ROWS: Final = ("mergeCell", "conditionalFormatting", "dataValidation", "hyperlink")
TRUE: Final = "1"


class Figure(str):
    """A number as the workbook holds it: its point is one of decimals, whoever reads it."""

    __slots__ = ()


def workbook_rows(archive: zipfile.ZipFile) -> Iterator[tuple[int, Sequence[str]]]:
    """Row numbers of the sheet and the cells as texts; rows without any are left out. FileRefused.

    Numbers as they are shown without a format, days in ISO form.
    """
    if sum(member.file_size for member in archive.infolist()) > EXPANDED_LIMIT:
        raise too_large()
    parts = parts_of(archive)
    number, cells = 0, dict[int, str]()
    for element in _counted(elements(archive, parts.sheet, "c", "row", *AFTER_ROWS)):
        if local(element) == "c":
            at = _column(element, cells)
            if at < COLUMNS:
                cells[at] = _text(element, parts)
            continue
        number = _number(element, number)
        if cells:
            yield number, [cells.get(at, "") for at in range(max(cells) + 1)]
        cells = {}


def _counted(found: Iterator[Element]) -> Iterator[Element]:
    """Rows and cells, and not more of them than a sheet may have."""
    count = dict.fromkeys(MOST, 0)
    for element in found:
        kind = local(element)
        if kind in AFTER_ROWS:
            continue
        count[kind] += 1
        if count[kind] > MOST[kind]:
            raise too_large()
        yield element


def _number(row: Element, before: int) -> int:
    said = str(row.get("r", ""))
    return int(said) if said.isdecimal() and len(said) <= len(str(MOST_ROWS)) else before + 1


def _column(cell: Element, before: dict[int, str]) -> int:
    """From 0; a cell that does not say where it stands is the next one."""
    place = PLACE.fullmatch(str(cell.get("r", "")))
    if place is None:
        return next(reversed(before), -1) + 1
    at = 0
    for letter in place[1]:
        at = at * LETTERS + ord(letter) - ord("A") + 1
    return at - 1


def _text(cell: Element, parts: Parts) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(said_in(one) for one in cell if local(one) == "is").strip()
    value = next((one.text or "" for one in cell if local(one) == "v"), "").strip()
    match kind:
        case "s":
            at = int(value) if value.isdecimal() and len(value) < len(str(MOST_CELLS)) else -1
            return parts.texts[at].strip() if 0 <= at < len(parts.texts) else ""
        case "b":
            return "ja" if value == TRUE else "nein"
        case "e":
            return ""
        case "n":
            return _plain(value, parts, str(cell.get("s", "0")))
        case _:  # the text of a formula, or a day that is written as one
            return value[:10] if kind == "d" else unescaped(value).strip()


def _plain(value: str, parts: Parts, style: str) -> str:
    """What Excel stores as 5.0 or 1E3 stands there as 5 and 1000."""
    if NUMBER.fullmatch(value) is None:
        return value
    number = float(value)
    if number in {inf, -inf}:
        return value
    if style.isdecimal() and len(style) < len(str(MOST_CELLS)) and int(style) in parts.days:
        return _day(number, since_1904=parts.since_1904)
    return _shown(number)


def _shown(number: float) -> str:
    """With 15 digits, as Excel shows it: what it stores as 19.990000000000002 is 19.99."""
    if number.is_integer():
        return str(int(number))
    return Figure(f"{Decimal(f'{number:.15g}'):f}")


def _day(number: float, *, since_1904: bool) -> str:
    if not 1 <= number <= LAST_DAY - (YEARS_APART if since_1904 else 0):
        return _shown(number)
    if since_1904:
        return (FIRST_DAY_1904 + timedelta(days=int(number))).isoformat()
    days = int(number) if number >= LEAP_ERROR else int(number) + 1
    return (FIRST_DAY + timedelta(days=days)).isoformat()
