"""The list of invoices as CSV for a spreadsheet."""

from collections.abc import Iterable
from typing import Final

from app.documents.delimited import csv_bytes
from app.documents.invoice.einvoice import DocumentType
from app.invoicing.list_queries import ListedInvoice
from app.kernel.german import day
from app.kernel.money import Money

HEADER: Final = (
    "Nummer",
    "Art",
    "Stand",
    "Datum",
    "Fällig",
    "Mitglied",
    "Abruf",
    "Netto EUR",
    "Umsatzsteuer EUR",
    "Brutto EUR",
)


def export_invoices(rows: Iterable[ListedInvoice]) -> bytes:
    """One line per document; a cancellation's amounts are negative, so that columns add up."""
    return csv_bytes(HEADER, (_line(row) for row in rows))


def _line(row: ListedInvoice) -> tuple[str, ...]:
    kind = DocumentType(row.type_code)
    sign = -1 if kind is DocumentType.CANCELLATION else 1
    return (
        row.number,
        kind.german,
        row.standing.german,
        day(row.issued_on),
        day(row.due_on),
        row.member_name,
        row.call_off_number,
        *(_amount(amount * sign) for amount in (row.net, row.vat, row.gross)),
    )


def _amount(amount: Money) -> str:
    return amount.text.replace(".", ",")
