"""Budgets and their movements as tables for spreadsheets; budgets can be sent back as they are."""

from collections.abc import Iterable

from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import BOOKING_WORDS, LIMIT_WORDS
from app.budgets.rules_rows import COLUMNS
from app.documents.delimited import csv_bytes
from app.kernel.german import moment
from app.kernel.money import Money

STANDING = ("gebunden", "abgerechnet", "frei")
MOVEMENTS = (
    "Zeitpunkt",
    "Buchung",
    "Abruf",
    "Rechnung",
    "Ansatz",
    "gebunden",
    "abgerechnet",
    "Grund",
)


def comma(amount: Money) -> str:
    """`1234,56`, as German spreadsheets and finance systems read it."""
    return amount.text.replace(".", ",")


def budgets_csv(rows: Iterable[Budget]) -> bytes:
    """The columns of the import, then what is bound, spent and free; all gross."""
    return csv_bytes(
        (*COLUMNS, *STANDING),
        [
            (
                one.year,
                one.product_account,
                one.name,
                comma(one.amount),
                LIMIT_WORDS[one.limit],
                "",
                comma(one.committed),
                comma(one.actual),
                comma(one.standing.remaining),
            )
            for one in rows
        ],
    )


def movements_csv(rows: Iterable[BudgetMovement]) -> bytes:
    return csv_bytes(
        MOVEMENTS,
        [
            (
                moment(one.at),
                BOOKING_WORDS[one.booking],
                one.subject,
                one.invoice,
                comma(one.amount),
                comma(one.committed),
                comma(one.actual),
                one.reason,
            )
            for one in rows
        ],
    )
