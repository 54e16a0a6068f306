"""What a table of the export looks like, and `index.xml` that describes it. Pure.

Description standard of the tax administration (GDPdU, document type of 1 September 2004):
semicolons, text in quotes, decimal comma, days as DD.MM.YYYY, UTF-8, a head in line 1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from xml.sax.saxutils import escape

from app.kernel.german import clean, day
from app.kernel.legal_day import BERLIN
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

DTD: Final = "gdpdu-01-09-2004.dtd"
Value = str | int | Money | UnitPrice | date | datetime | None


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    EURO = "euro"
    PRICE = "price"
    DAY = "day"


DECIMALS: Final = {Kind.WHOLE: 0, Kind.EURO: 2, Kind.PRICE: 4}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind = Kind.TEXT
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """`columns` name the row of the table `to` (by its primary key)."""

    column: str
    to: str


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is the first column; `references` join tables in the auditor's program."""

    name: str
    about: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


@dataclass(frozen=True, slots=True)
class Supplier:
    """Whose data it is, and what the medium holds."""

    name: str
    place: str
    comment: str


def csv_lines(table: Table, rows: Iterable[tuple[Value, ...]]) -> Iterator[bytes]:
    """The head and every row, each ended by CR LF."""
    yield _line(f'"{column.name}"' for column in table.columns)
    for row in rows:
        pairs = zip(table.columns, row, strict=True)
        yield _line(_cell(column.kind, value) for column, value in pairs)


def _line(cells: Iterable[str]) -> bytes:
    return f"{';'.join(cells)}\r\n".encode()


def _cell(kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Money | UnitPrice):
        return value.text.replace(".", ",")
    if isinstance(value, datetime):
        at = value.astimezone(BERLIN)
        return day(at.date()) if kind is Kind.DAY else f'"{at:%d.%m.%Y %H:%M:%S}"'
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return str(value)
    text = " ".join(clean(value).split()).replace('"', '""')
    return f'"{text}"'


def index_xml(supplier: Supplier, tables: Iterable[Table], first: date, last: date) -> bytes:
    """Elements in the order in which the document type demands them."""
    written = "".join(_table(table, first, last) for table in tables)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<!DOCTYPE DataSet SYSTEM "{DTD}">\n'
        "<DataSet>\n<Version>1.0</Version>\n"
        f"<DataSupplier><Name>{escape(supplier.name)}</Name>"
        f"<Location>{escape(supplier.place)}</Location>"
        f"<Comment>{escape(supplier.comment)}</Comment></DataSupplier>\n"
        f"<Media><Name>Abrufe {day(first)} bis {day(last)}</Name>\n{written}</Media>\n</DataSet>\n"
    ).encode()


def _table(table: Table, first: date, last: date) -> str:
    key, *others = table.columns
    columns = _column("VariablePrimaryKey", key)
    columns += "".join(_column("VariableColumn", column) for column in others)
    joins = "".join(
        f"<ForeignKey><Name>{one.column}</Name><References>{one.to}</References></ForeignKey>\n"
        for one in table.references
    )
    return (
        f"<Table><URL>{table.file}</URL><Name>{table.name}</Name>"
        f"<Description>{escape(table.about)}</Description>\n"
        f"<Validity><Range><From>{day(first)}</From><To>{day(last)}</To></Range>"
        "<Format>DD.MM.YYYY</Format></Validity><UTF8/>"
        "<DecimalSymbol>,</DecimalSymbol><DigitGroupingSymbol>.</DigitGroupingSymbol>"
        "<Range><From>2</From></Range>\n"
        "<VariableLength><ColumnDelimiter>;</ColumnDelimiter>"
        "<RecordDelimiter>&#13;&#10;</RecordDelimiter>"
        f"<TextEncapsulator>&quot;</TextEncapsulator>\n{columns}{joins}"
        "</VariableLength></Table>\n"
    )


def _column(element: str, column: Column) -> str:
    about = f"<Description>{escape(column.about)}</Description>" if column.about else ""
    if column.kind is Kind.TEXT:
        kind = "<AlphaNumeric/>"
    elif column.kind is Kind.DAY:
        kind = "<Date><Format>DD.MM.YYYY</Format></Date>"
    else:
        kind = f"<Numeric><Accuracy>{DECIMALS[column.kind]}</Accuracy></Numeric>"
    return f"<{element}><Name>{column.name}</Name>{about}{kind}</{element}>\n"
