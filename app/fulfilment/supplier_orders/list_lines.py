"""The lines of an order to a supplier as a table for spreadsheets and his own programs."""

from typing import Final

from app.documents.delimited import csv_bytes
from app.documents.supplier_order import Consignment, SupplierOrderFacts, WantedArticle
from app.kernel.german import day

HEADER: Final = (
    "Bestellung",
    "Lieferant",
    "Rahmenvertrag",
    "Abruf",
    "Mitglied",
    "Artikelnummer",
    "Artikel",
    "Hersteller",
    "Menge",
    "Einheit",
    "Lieferanschrift",
    "Wunschtermin",
    "Liefertermin",
)


def list_lines(facts: SupplierOrderFacts) -> bytes:
    """CSV with one row per article and call-off; texts cannot become formulas."""
    rows = [_row(facts, one, article) for one in facts.consignments for article in one.articles]
    return csv_bytes(HEADER, rows)


def _row(
    facts: SupplierOrderFacts, one: Consignment, article: WantedArticle
) -> tuple[str | int, ...]:
    return (
        facts.number,
        facts.supplier,
        facts.framework,
        one.call_off_number,
        one.member_name,
        article.sku,
        article.name,
        article.manufacturer,
        article.quantity,
        article.unit,
        ", ".join(line for line in one.ship_to if line),
        day(one.wanted_by) if one.wanted_by else "",
        day(one.promised) if one.promised else "",
    )
