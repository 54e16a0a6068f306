"""Cells that the parts of the Abrufvermerk share; unknown facts read 'nicht erfasst'."""

from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm

from app.documents.sheet.letterhead import WIDTH
from app.documents.sheet.text import BODY, UNKNOWN, P, pairs
from app.kernel.german import day, euro, number
from app.kernel.money import Money

LABEL: Final = 52 * mm


def label_rows(*rows: tuple[str, str]) -> Any:
    return pairs(rows, WIDTH, LABEL)


def nothing_known() -> list[Any]:
    return [P(UNKNOWN, BODY)]


def known_day(on: date | None, otherwise: str = UNKNOWN) -> str:
    return day(on) if on else otherwise


def known_euro(amount: Money | None) -> str:
    return "" if amount is None else euro(amount)


def known_minutes(spent: int | None) -> str:
    return "" if spent is None else f"{number(spent)} Minuten"


def yes_or_no(fact: bool | None) -> str:
    if fact is None:
        return ""
    return "ja" if fact else "nein"
