"""Reading rows of budgets from a table or pasted text: pure.

Columns by their heads, in any order: Haushaltsjahr, Produktkonto, Bezeichnung, Ansatz (gross, in
euros), Grenze (hart or weich; empty is weich), Grund (for changes). Others are passed over, so that
an exported list can be sent back.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.budgets.rules import LIMIT_WORDS, Account, Limit
from app.kernel.german import clean, fold
from app.kernel.money import NOTHING, Money

MOST_ROWS: Final = 2_000
COLUMNS: Final = ("Haushaltsjahr", "Produktkonto", "Bezeichnung", "Ansatz", "Grenze", "Grund")
HEADS: Final = {
    "haushaltsjahr": "year",
    "jahr": "year",
    "hhjahr": "year",
    "produktkonto": "account",
    "konto": "account",
    "bezeichnung": "name",
    "name": "name",
    "ansatz": "amount",
    "haushaltsansatz": "amount",
    "betrag": "amount",
    "grenze": "limit",
    "grund": "reason",
}
WORDS: Final = {
    "": Limit.SOFT,
    **{word: limit for limit, word in LIMIT_WORDS.items()},
    **{limit.value: limit for limit in Limit},
}
AMOUNT: Final = re.compile(r"\d{1,3}(?:\.?\d{3}){0,4}(?:,\d{1,2})?|\d{1,13}\.\d{1,2}", re.ASCII)
NO_ACCOUNT: Final = Account(0, "")
NO_HEADS: Final = "Die erste Zeile muss Haushaltsjahr, Produktkonto und Ansatz nennen."


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row as read; `fault` is a German sentence where it cannot be."""

    line: int
    cells: tuple[str, ...]
    account: Account = NO_ACCOUNT
    name: str = ""
    amount: Money = NOTHING
    limit: Limit = Limit.SOFT
    reason: str = ""
    fault: str = ""


class NoHeads(ValueError):
    """The first row does not say what the columns are."""


def rows_of_text(text: str) -> tuple[BudgetRow, ...]:
    """Pasted lines with semicolons or tabs. Raises NoHeads."""
    lines = [line for line in text.splitlines() if line.strip(" \t;")]
    separator = "\t" if lines and lines[0].count("\t") else ";"
    return rows_of_cells(enumerate(csv.reader(lines, delimiter=separator), 1))


def rows_of_cells(table: Iterable[tuple[int, Sequence[str]]]) -> tuple[BudgetRow, ...]:
    """One row more than MOST_ROWS at most, so that the caller can say so. Raises NoHeads."""
    heads: list[str] | None = None
    rows: list[BudgetRow] = []
    for line, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if heads is None:
            heads = [HEADS.get(re.sub(r"[^a-z]", "", fold(cell)), "") for cell in cells]
            if not {"year", "account", "amount"} <= set(heads):
                raise NoHeads(NO_HEADS)
            continue
        known = {name: clean(cell) for name, cell in zip(heads, cells, strict=False) if name}
        rows.append(_row(line, known))
        if len(rows) > MOST_ROWS:
            break
    return tuple(rows)


def as_text(rows: Iterable[BudgetRow]) -> str:
    """The rows as pasted text, for correcting them on the page."""
    lines = [";".join(COLUMNS)]
    lines += [";".join(cell.replace(";", ",") for cell in row.cells) for row in rows]
    return "\n".join(lines)


def _row(line: int, known: dict[str, str]) -> BudgetRow:
    year, account = known.get("year", ""), known.get("account", "")
    name, amount = known.get("name", ""), known.get("amount", "").replace("€", "").strip()
    word, reason = known.get("limit", ""), known.get("reason", "")
    cells = (year, account, name, amount, word, reason)
    if not (year.isascii() and year.isdecimal() and len(year) == len("2026")):
        return BudgetRow(line, cells, fault="Das Haushaltsjahr hat vier Ziffern.")
    if not account:
        return BudgetRow(line, cells, fault="Es fehlt das Produktkonto.")
    if not AMOUNT.fullmatch(amount):
        return BudgetRow(line, cells, fault="Der Ansatz ist kein Betrag wie 25.000,00.")
    limit = WORDS.get(fold(word))
    if limit is None:
        return BudgetRow(line, cells, fault="Die Grenze heißt „hart“ oder „weich“.")
    named = name or account
    return BudgetRow(
        line, cells, Account(int(year), account), named, read_amount(amount), limit, reason
    )


def read_amount(text: str) -> Money:
    """`25.000,00`, `25000,5`, `25000`, `25000.00`: a German thousands point has three digits."""
    if "," in text or re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        text = text.replace(".", "").replace(",", ".")
    return Money.euros(Decimal(text))
