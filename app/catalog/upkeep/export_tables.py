"""Write the catalog of a published version as Excel or CSV, one article per row."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from sqlalchemy.orm import Session

from app.catalog.formats.table_columns import HINTS, Column
from app.catalog.formats.table_lines import lines_of
from app.catalog.formats.table_source import guarded
from app.catalog.formats.texts import as_written
from app.catalog.upkeep.version_state import Offer, offers, published_version
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.kernel.unit_price import UnitPrice

WRITTEN: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants a naive time
LONGEST_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_575
WIDE: Final = frozenset({Column.NAME, Column.DESCRIPTION, Column.FEATURES})
EXAMPLE: Final = {
    Column.SKU: "NB-14-1001",
    Column.NAME: "Notebook 14 Zoll, 16 GB, 512 GB SSD",
    Column.PRICE: "789.00",
    Column.CATEGORY: "Notebooks",
    Column.MAKER: "Musterhersteller",
    Column.UNIT: "C62",
    Column.LOT: "1",
    Column.CPV: "30213100",
    Column.DELIVERY: "5",
    Column.TAX: "19",
    Column.SCALES: "10 | 749.00",
    Column.FEATURES: "Arbeitsspeicher | 16 | GB\nFestplatte | 512 | GB",
}


def export_csv(session: Session, version_id: int, now: datetime) -> Iterator[bytes]:
    """UTF-8 with a mark, semicolons; reading it back gives the same content hashes."""
    version = published_version(session, version_id)

    def pieces() -> Iterator[bytes]:
        yield _csv_rows([[column.value for column in Column]]).encode("utf-8-sig")
        for batch in offers(session, version, legal_day(now)):
            yield _csv_rows([list(cells_of(offer).values()) for offer in batch]).encode()

    return pieces()


def export_xlsx(session: Session, version_id: int, now: datetime) -> bytes:
    """Conflict where a workbook has no room for it: BMEcat and CSV have."""
    version = published_version(session, version_id)
    rows = (
        cells_of(offer) for batch in offers(session, version, legal_day(now)) for offer in batch
    )
    return _workbook(rows)


def template_xlsx() -> bytes:
    """The heads, what they mean, and one example."""
    return _workbook(iter([{column: EXAMPLE.get(column, "") for column in Column}]))


def template_csv() -> bytes:
    rows = [[column.value for column in Column], [EXAMPLE.get(column, "") for column in Column]]
    return _csv_rows(rows).encode("utf-8-sig")


def cells_of(offer: Offer) -> dict[Column, str]:
    """One price that holds from the first piece on stands alone, else all stand in the scales."""
    content = offer.content
    prices = [
        (bound, _price(UnitPrice(amount)), begins, ends)
        for bound, amount, begins, ends in content["prices"]
    ]
    alone = len(prices) == 1 and prices[0][0] == 1
    _, price, begins, ends = prices[0] if alone else ("", "", "", "")
    written: dict[Column, Any] = {
        Column.SKU: offer.sku,
        Column.NAME: content["name"],
        Column.PRICE: price,
        Column.CATEGORY: offer.category,
        Column.MAKER: content["manufacturer"],
        Column.MPN: content["mpn"],
        Column.GTIN: content["gtin"],
        Column.UNIT: content["order_unit"],
        Column.LOT: content["lot"],
        Column.CPV: content["cpv"],
        Column.DELIVERY: content["delivery_days"],
        Column.MINIMUM: content["quantity_min"],
        Column.INTERVAL: content["quantity_interval"],
        Column.MAXIMUM: content.get("quantity_max"),
        Column.TAX: content["tax_percent"],
        Column.CURRENCY: "EUR",
        Column.PRICE_KIND: "Listenpreis" if content["list_price"] else "Vertragspreis",
        Column.VALID_FROM: begins,
        Column.VALID_UNTIL: ends,
        Column.SCALES: "" if alone else lines_of(prices),
        Column.DESCRIPTION: as_written(content["description"]),
        Column.KEYWORDS: lines_of([word] for word in content["keywords"]),
        Column.FEATURES: lines_of(content["features"]),
        Column.CLASSES: lines_of(content["classifications"]),
        Column.REFERENCES: lines_of(content["references"]),
        Column.REMARKS: as_written(content["remarks"]),
        Column.FAMILY: content.get("family"),
        Column.CONTENT_UNIT: content.get("content_unit"),
        Column.CONTENT: content.get("content_quantity"),
        Column.PRICE_QUANTITY: content.get("price_quantity"),
        Column.MEDIA: lines_of(content.get("media", ())),
        Column.EXTENSIONS: lines_of(content.get("extensions", ())),
    }
    return {column: _text(written.get(column)) for column in Column}


def _price(price: UnitPrice) -> str:
    """With two or four decimals: three of them look like a thousand."""
    whole, _, fraction = price.text.partition(".")
    return f"{whole}.{fraction}{'0' * (len(fraction) % 2)}"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _csv_rows(rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _workbook(rows: Iterator[dict[Column, str]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    book.set_properties({"created": WRITTEN})
    sheet = book.add_worksheet("Katalog")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for place, column in enumerate(Column):
        sheet.set_column(place, place, 40 if column in WIDE else 16, cell)
        sheet.write_string(0, place, column.value, head)
        if column in HINTS:
            sheet.write_comment(0, place, HINTS[column])
    sheet.freeze_panes(1, 2)
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS or any(len(text) > LONGEST_CELL for text in row.values()):
            raise Conflict(
                "Der Katalog passt nicht in eine Excel-Datei. Bitte BMEcat oder CSV laden.",
                "too_large_for_workbook",
            )
        for place, text in enumerate(row.values()):
            if text:
                sheet.write_string(number, place, text)
    book.close()
    return target.getvalue()
