"""The queue as a table for spreadsheets."""

from collections.abc import Iterable
from typing import Final

from app.documents.delimited import csv_bytes
from app.fulfilment.queue_view import QueueRow
from app.kernel.german import day
from app.ordering.rules import STATE_WORDS

HEADER: Final = (
    "Abruf",
    "Mitglied",
    "Rahmenvertrag",
    "Lieferant",
    "Inhalt",
    "Wert netto",
    "Stand",
    "Bestellt",
    "Geliefert",
    "Eingang",
    "Wunschtermin",
    "Liefertermin",
    "Überfällig",
)


def export_queue(rows: Iterable[QueueRow]) -> bytes:
    """CSV with one row per call-off; texts cannot become formulas."""
    return csv_bytes(
        HEADER,
        [
            (
                row.number,
                row.member_name,
                row.framework_number,
                row.supplier,
                row.content,
                row.net.text.replace(".", ","),
                STATE_WORDS[row.state],
                str(row.ordered),
                str(row.delivered),
                day(row.submitted_on),
                day(row.requested_date) if row.requested_date else "",
                day(row.promised_date) if row.promised_date else "",
                "ja" if row.overdue else "nein",
            )
            for row in rows
        ],
    )
