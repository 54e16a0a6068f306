"""Spreadsheets: typed cells, visible formulas of our own, and text that stays text."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from app.documents.delimited import csv_bytes
from app.documents.savings.savings_workbook import savings_workbook
from app.documents.workbook import Column, Formula, Kind, Sheet, workbook
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from tests.support import reports


def test_every_kind_of_cell_comes_back_as_it_was_written() -> None:
    book = workbook(
        [
            Sheet(
                "Alles",
                (
                    Column("Text"),
                    Column("Zahl", Kind.WHOLE),
                    Column("Betrag", Kind.EURO),
                    Column("Preis", Kind.UNIT_PRICE),
                    Column("Tag", Kind.DAY),
                    Column("Zeit", Kind.MOMENT),
                    Column("Formel", Kind.WHOLE),
                    Column("leer"),
                ),
                (
                    (
                        "Roßlau",
                        12,
                        Money.euros("12.34"),
                        UnitPrice.euros("0.0125"),
                        date(2026, 11, 21),
                        datetime(2026, 11, 21, 8, 46, tzinfo=UTC),
                        Formula("=B2*2", 24),
                        None,
                    ),
                ),
            )
        ]
    )

    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name("Alles").to_python()

    assert rows[1][:7] == [
        "Roßlau",
        12,
        12.34,
        0.0125,
        date(2026, 11, 21),
        datetime(2026, 11, 21, 9, 46),  # noqa: DTZ001 - a spreadsheet knows no zones
        24,
    ]


def test_text_is_never_a_formula_a_link_or_a_number() -> None:
    hostile = ("=1+1", "@SUM(A1)", "+49 391", "https://example.invalid", "007", "a\x00b")
    book = workbook([Sheet("S/[1]", (Column("Text"),), tuple((text,) for text in hostile))])

    with ZipFile(BytesIO(book)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        texts = parts.read("xl/sharedStrings.xml").decode()

    assert "<f>" not in page
    assert "hyperlink" not in page
    assert all(f"<t>{text}</t>" in texts for text in (*hostile[:5], "ab"))


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert savings_workbook(reports.savings_report()) == savings_workbook(reports.savings_report())


def test_the_savings_workbook_shows_its_arithmetic() -> None:
    book = savings_workbook(reports.savings_report())

    with ZipFile(BytesIO(book)) as parts:
        calculation = parts.read("xl/worksheets/sheet2.xml").decode()
        cases = parts.read("xl/worksheets/sheet4.xml").decode()
    sheets = CalamineWorkbook.from_filelike(BytesIO(book))

    assert sheets.sheet_names == ["Übersicht", "Rechenweg", "Monate", "Vorgänge", "Methode"]
    assert "<f>C4-C5-C6</f>" in calculation
    assert "<f>C8-C9+C10</f>" in calculation
    assert "<f>D2-E2-F2</f>" in cases
    steps = {row[0]: row[2] for row in sheets.get_sheet_by_name("Rechenweg").to_python()[3:]}
    assert steps["= Kassenwirksames Ergebnis"] == float(Decimal("-241.20"))


def test_a_silent_month_has_empty_cells_and_no_zeros() -> None:
    book = savings_workbook(reports.silent_report())

    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name("Übersicht").to_python()

    assert {row[0]: row[2] for row in rows}["gemessene Zeitersparnis"] == ""


def test_csv_disarms_formulas_and_keeps_negative_numbers() -> None:
    content = csv_bytes(("Zweck", "Betrag"), [("=cmd|'/c calc'!A0", "-12,50"), ("a;b", 3)])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "Zweck;Betrag\r\n'=cmd|'/c calc'!A0;-12,50\r\n\"a;b\";3\r\n"
    )
