"""Small tables for a spreadsheet: remarks of an import, differences of a version."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from app.catalog.formats.stock_file import Column
from app.catalog.upkeep.drafts import Difference
from app.kernel import german
from app.kernel.unit_price import UnitPrice

REMARKS: Final = ("Art", "Zeile", "Artikelnummer", "Code", "Hinweis")
DIFFERENCES: Final = (
    "Zeile",
    "Artikelnummer",
    "Bezeichnung",
    "Änderung",
    "Warengruppe",
    "Preis bisher",
    "Preis neu",
    "Preisänderung",
    "Gestoppt",
    "Grund",
)
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def remarks_csv(remarks: Iterable[tuple[str, dict[str, Any]]]) -> bytes:
    rows = ((kind, one["line"], one["sku"], one["code"], one["reason"]) for kind, one in remarks)
    return _csv(REMARKS, rows)


def differences_csv(differences: Iterable[Difference]) -> bytes:
    rows = (
        (
            one.line or "",
            one.sku,
            one.name,
            one.change,
            one.category,
            _price(one.old_price),
            _price(one.new_price),
            german.percent(one.share) if one.share is not None else "",
            one.stop,
            one.reason,
        )
        for one in differences
    )
    return _csv(DIFFERENCES, rows)


def stock_template_csv() -> bytes:
    """A stock list to fill in, with one line as an example."""
    return _csv(tuple(Column), [("NB-14", "12", "21.11.2026 08:10", "03.12.2026", "2")])


def price_list_template_csv() -> bytes:
    """A supplier's price list to fill in; the scale stands in lines of one cell."""
    head = ("Artikelnummer", "Preis netto", "Staffelpreise")
    return _csv(head, [("NB-14", "789,00", "10 | 769,00")])


def _price(price: UnitPrice | None) -> str:
    return "" if price is None else german.unit_price(price)


def _csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Semicolons, a mark for UTF-8, no cell that starts a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
