"""What browsers send about budgets: syntax only."""

from collections.abc import Mapping
from io import BytesIO
from typing import Final

from app.budgets.change_budget import BudgetChange
from app.budgets.open_budget import BudgetWish
from app.budgets.rules import EARLIEST_YEAR, LATEST_YEAR, LONGEST_REASON, Account, Limit
from app.budgets.rules_rows import (
    MOST_ROWS,
    BudgetRow,
    NoHeads,
    rows_of_cells,
    rows_of_text,
)
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_source import open_cells
from app.frameworks.amending.forms import Sheet
from app.kernel.errors import FieldError, Malformed

LARGEST_TABLE: Final = 2_000_000
LONGEST_TEXT: Final = 300_000
LARGEST_VERSION: Final = 999_999_999


def read_budget(sent: Mapping[str, str]) -> BudgetWish:
    """Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    wish = BudgetWish(
        account=Account(
            sheet.needed_whole("year", LATEST_YEAR, EARLIEST_YEAR), sheet.text("account")
        ),
        name=sheet.text("name"),
        amount=sheet.amount("amount"),
        limit=sheet.one_of("limit", Limit),
    )
    sheet.done()
    return wish


def read_change(sent: Mapping[str, str]) -> BudgetChange:
    """Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    change = BudgetChange(
        name=sheet.text("name"),
        amount=sheet.amount("amount"),
        limit=sheet.one_of("limit", Limit),
        reason=sheet.text("reason", LONGEST_REASON + 1),
        seen=sheet.needed_whole("version", LARGEST_VERSION, 1),
    )
    sheet.done()
    return change


def read_rows(text: str, content: bytes) -> tuple[BudgetRow, ...]:
    """Of the file where there is one, else of the pasted text. Raises Malformed at its field."""
    field = "datei" if content else "zeilen"
    if len(content) > LARGEST_TABLE or len(text) > LONGEST_TEXT:
        raise Malformed(FieldError(field, "too_large", "Die Liste ist zu groß."))
    try:
        rows = rows_of_cells(open_cells(BytesIO(content))[1]) if content else rows_of_text(text)
    except NoHeads as fault:
        raise Malformed(FieldError(field, "no_heads", str(fault))) from fault
    except FileRefused as fault:
        raise Malformed(FieldError(field, fault.code, fault.text)) from fault
    if not rows:
        said = "Bitte wählen Sie eine Datei oder fügen Sie Zeilen ein."
        raise Malformed(FieldError(field, "empty", said))
    if len(rows) > MOST_ROWS:
        said = f"Bitte höchstens {MOST_ROWS} Zeilen auf einmal."
        raise Malformed(FieldError(field, "too_many", said))
    return rows
