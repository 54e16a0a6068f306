"""The list of call-offs as tables, with what each is charged to."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from app.documents.delimited import csv_bytes
from app.documents.workbook import Cell, Column, Kind, Sheet, workbook
from app.kernel.german import day, moment
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.ordering.queries import ListedCallOff
from app.ordering.rules import STATE_WORDS

COLUMNS: Final = (
    Column("Abruf", width=20),
    Column("Mitglied", width=30),
    Column("Rahmenvertrag", width=30),
    Column("Inhalt", width=40),
    Column("Zweck", width=30),
    Column("Eingereicht", Kind.MOMENT, 18),
    Column("Stand", width=16),
    Column("Wunschtermin", Kind.DAY, 14),
    Column("Liefertermin", Kind.DAY, 14),
    Column("Haushaltsjahr", Kind.TEXT, 14),
    Column("Produktkonto", width=20),
    Column("Kostenstelle", width=16),
    Column("Investitionsnummer", width=18),
    Column("Deckungskreis", width=16),
    Column("Finanzierung", width=20),
    Column("Förderung", width=20),
    Column("Aufgeteilt", width=12),
    Column("Freie Position", width=14),
    Column("Netto", Kind.EURO, 14),
    Column("Brutto", Kind.EURO, 14),
)


def call_offs_csv(rows: Iterable[ListedCallOff]) -> bytes:
    """Amounts with a comma, days as in Germany; texts cannot become formulas."""
    return csv_bytes([column.title for column in COLUMNS], [_texts(row) for row in rows])


def call_offs_workbook(rows: Iterable[ListedCallOff]) -> bytes:
    """The same with real days and amounts."""
    return workbook([Sheet("Abrufe", COLUMNS, tuple(_cells(row) for row in rows))])


def _cells(row: ListedCallOff) -> tuple[Cell, ...]:
    found = row.call_off
    year = found.budget_year or legal_day(found.submitted_at).year
    return (
        found.number,
        row.member_name,
        row.framework_title,
        row.content,
        found.purpose,
        found.submitted_at,
        STATE_WORDS[found.state],
        found.requested_date,
        found.promised_date,
        str(year),
        found.product_account,
        found.cost_centre,
        found.investment_number,
        found.coverage_circle,
        found.funding.financing_words,
        found.funding_source,
        "ja" if found.is_split else "",
        "ja" if any(line.is_free for line in found.lines) else "",
        found.net,
        found.gross,
    )


def _texts(row: ListedCallOff) -> list[str]:
    return [_text(cell) for cell in _cells(row)]


def _text(cell: Cell) -> str:
    match cell:
        case Money():
            return cell.text.replace(".", ",")
        case datetime():  # before date, of which it is a kind
            return moment(cell)
        case date():
            return day(cell)
        case None:
            return ""
        case _:
            return str(cell)
