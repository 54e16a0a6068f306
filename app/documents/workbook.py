"""Spreadsheets: typed columns, and text that no program ever reads as a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from app.kernel.german import clean
from app.kernel.legal_day import BERLIN
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

# The file's own creation time; a fixed one, so that the same value gives the same bytes.
WRITTEN: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants a naive time
LONGEST_TEXT: Final = 32_767  # a cell holds no more
LONGEST_NAME: Final = 31
FORBIDDEN_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Kind(StrEnum):
    """How a column is written and shown."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    AMOUNT = "amount"  # two decimals without a unit
    EURO = "euro"
    UNIT_PRICE = "unit_price"
    PERCENT = "percent"  # a fraction: Decimal("0.8") is shown as 80,0 %
    DAY = "day"
    MOMENT = "moment"


FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.WHOLE: "#,##0",
    Kind.DECIMAL: "#,##0.0",
    Kind.AMOUNT: "#,##0.00",
    Kind.EURO: '#,##0.00 "€"',
    Kind.UNIT_PRICE: '#,##0.00## "€"',
    Kind.PERCENT: "0.0 %",
    Kind.DAY: "dd.mm.yyyy",
    Kind.MOMENT: "dd.mm.yyyy hh:mm",
}


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    width: int = 16


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that our own code wrote, with its present value. Never made from user text."""

    text: str
    value: Decimal | int = 0


Cell = str | int | Decimal | Money | UnitPrice | date | datetime | Formula | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; `notes` stand below it, `title` above it where given."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()

    @property
    def first_row(self) -> int:
        """The number of the first row of values as a formula names it."""
        return 4 if self.title else 2


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file made in memory; the same sheets give the same bytes."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": WRITTEN})
    looks = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F4F9", "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 14})
    for sheet in sheets:
        page = book.add_worksheet(_name(sheet.name))
        if sheet.title:
            page.write_string(0, 0, _text(sheet.title), title)
        _write(page, sheet, looks, bold)
    book.close()
    return target.getvalue()


def _write(page: Any, sheet: Sheet, looks: dict[Kind, Any], bold: Any) -> None:
    head = sheet.first_row - 2
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(head, place, _text(column.title), bold)
    for number, row in enumerate(sheet.rows, start=head + 1):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, (number, place), cell, looks[column.kind])
    page.freeze_panes(head + 1, 0)
    if sheet.rows:
        page.autofilter(head, 0, head + len(sheet.rows), len(sheet.columns) - 1)
    for number, note in enumerate(sheet.notes, start=head + len(sheet.rows) + 2):
        page.write_string(number, 0, _text(note))


def _cell(page: Any, place: tuple[int, int], cell: Cell, look: Any) -> None:
    match cell:
        case None:
            page.write_blank(*place, None, look)
        case str():
            page.write_string(*place, _text(cell), look)
        case Formula(text, value):
            page.write_formula(*place, text, look, float(value))
        case datetime():  # before date, of which it is a kind
            page.write_datetime(*place, cell.astimezone(BERLIN).replace(tzinfo=None), look)
        case date():
            page.write_datetime(*place, cell, look)
        case Money() | UnitPrice():
            page.write_number(*place, float(cell.decimal), look)
        case int() | Decimal():
            page.write_number(*place, float(cell), look)


def _text(text: str) -> str:
    return clean(text)[:LONGEST_TEXT]


def _name(name: str) -> str:
    return clean(name).translate(FORBIDDEN_IN_NAMES).strip("' ")[:LONGEST_NAME]
