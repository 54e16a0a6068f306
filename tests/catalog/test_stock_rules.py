"""What a stock figure says on a day, what it promises, and how lists are read."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.catalog.formats.findings import FileRefused, Findings
from app.catalog.formats.stock_file import StockLine, moment_of, read_stock
from app.catalog.rules_stock import Basis, Promise, Stock, StockState, best_of, promised_by

FRIDAY = date(2026, 11, 20)
EIGHT_TEN = datetime(2026, 11, 20, 7, 10, tzinfo=UTC)
TWELVE = Stock(12, EIGHT_TEN, counts_until=date(2026, 11, 23), on=FRIDAY)
NONE = replace(TWELVE, quantity=0)


@pytest.mark.parametrize(
    ("stock", "state", "text", "age"),
    [
        (TWELVE, StockState.IN, "12 Stück beim Lieferanten", "Stand heute 08:10"),
        (
            replace(TWELVE, on=date(2026, 11, 21)),
            StockState.IN,
            "12 Stück beim Lieferanten",
            "Stand gestern 08:10",
        ),
        (
            replace(TWELVE, on=date(2026, 11, 23)),
            StockState.IN,
            "12 Stück beim Lieferanten",
            "Stand 20.11.2026 08:10",
        ),
        (
            replace(TWELVE, on=date(2026, 11, 24)),
            StockState.UNKNOWN,
            "Bestand unbekannt",
            "letzter Stand 20.11.2026 08:10",
        ),
        (NONE, StockState.OUT, "Derzeit nicht auf Lager", "Stand heute 08:10"),
        (
            replace(NONE, next_on=date(2026, 12, 3)),
            StockState.OUT,
            "Derzeit nicht auf Lager, nächster Zugang 03.12.2026",
            "Stand heute 08:10",
        ),
        (
            replace(NONE, next_on=date(2026, 11, 19)),
            StockState.OUT,
            "Derzeit nicht auf Lager",
            "Stand heute 08:10",
        ),
    ],
    ids=["today", "yesterday", "last-day", "stale", "out", "awaited", "arrival-passed"],
)
def test_a_figure_says_how_much_and_how_old_it_is(
    stock: Stock, state: StockState, text: str, age: str
) -> None:
    assert (stock.state, stock.text, stock.age) == (state, text, age)


@pytest.mark.parametrize(
    ("stock", "quantity", "promise"),
    [
        (None, 1, Promise(date(2026, 11, 27), Basis.LEAD_TIME)),
        (TWELVE, 12, Promise(date(2026, 11, 27), Basis.STOCK)),
        (replace(TWELVE, dispatch_days=2), 12, Promise(date(2026, 11, 24), Basis.STOCK)),
        (replace(TWELVE, dispatch_days=9), 12, Promise(date(2026, 11, 27), Basis.STOCK)),
        (replace(TWELVE, dispatch_days=2), 13, Promise(date(2026, 11, 27), Basis.LEAD_TIME)),
        (
            replace(NONE, next_on=date(2026, 12, 3), dispatch_days=2),
            1,
            Promise(date(2026, 12, 7), Basis.ARRIVAL),
        ),
        (
            replace(NONE, next_on=date(2026, 11, 23), dispatch_days=1),
            1,
            Promise(date(2026, 11, 27), Basis.ARRIVAL),
        ),
        (
            replace(TWELVE, dispatch_days=2, on=date(2026, 11, 24)),
            1,
            Promise(date(2026, 12, 1), Basis.LEAD_TIME),
        ),
    ],
    ids=["none", "covers", "quick", "never-later", "too-few", "arrival", "soon", "stale"],
)
def test_goods_are_promised_from_stock_after_an_arrival_or_as_agreed(
    stock: Stock | None, quantity: int, promise: Promise
) -> None:
    on = stock.on if stock else FRIDAY
    assert promised_by(stock, quantity, agreed_days=5, on=on) == promise


def test_of_several_suppliers_the_believed_figure_with_most_pieces_counts() -> None:
    old = replace(TWELVE, quantity=90, counts_until=date(2026, 11, 19), supplier="alt")
    more = replace(TWELVE, quantity=13, supplier="mehr")

    assert best_of([TWELVE, old, more]) == more
    assert best_of([old]) == old
    assert best_of([]) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20.11.2026 08:10", EIGHT_TEN),
        ("20.11.2026, 08:10 Uhr", EIGHT_TEN),
        ("2026-11-20T08:10", EIGHT_TEN),
        ("2026-11-20T07:10:00Z", EIGHT_TEN),
        ("20.11.2026", datetime(2026, 11, 19, 23, tzinfo=UTC)),
        ("31.02.2026 08:10", None),
        ("gestern", None),
        ("0001-01-01", None),
    ],
)
def test_an_instant_without_offset_is_german_time(written: str, moment: datetime | None) -> None:
    assert moment_of(written) == moment


def test_a_list_is_read_line_by_line_and_each_fault_has_its_reason() -> None:
    text = (
        "Art.-Nr.;Lagerbestand;Stand;Nächster Zugang;Versand in Arbeitstagen\r\n"
        "NB-1;12;20.11.2026 08:10;;2\r\n"
        "NB-2;0;;03.12.2026;\r\n"
        "NB-3;viele;;;\r\n"
        "NB-4;-3;;;\r\n"
        "NB-5;7;neulich;;\r\n"
        "NB-6;7;;irgendwann;bald\r\n"
    )
    findings = Findings()

    lines = list(read_stock(io.BytesIO(text.encode("cp1252")), findings))

    assert lines == [
        StockLine(2, "NB-1", 12, EIGHT_TEN, None, 2),
        StockLine(3, "NB-2", 0, None, date(2026, 12, 3), None),
        StockLine(7, "NB-6", 7, None, None, None),
    ]
    assert [(one.line, one.sku, one.reason) for one in findings.rejected] == [
        (4, "NB-3", "„viele“ ist kein Bestand. Bitte eine ganze Zahl ab 0 angeben."),
        (5, "NB-4", "„-3“ ist kein Bestand. Bitte eine ganze Zahl ab 0 angeben."),
        (6, "NB-5", "„neulich“ ist kein Stand. Bitte so: 21.11.2026 08:10."),
    ]
    assert [one.code.value for one in findings.warnings] == [
        "stock_arrival_unreadable",
        "stock_days_unreadable",
    ]


def test_a_list_without_quantities_is_refused_as_a_whole() -> None:
    with pytest.raises(FileRefused, match="fehlt die Spalte „Bestand“"):
        list(read_stock(io.BytesIO(b"Artikelnummer;Farbe\nNB-1;blau\n"), Findings()))
