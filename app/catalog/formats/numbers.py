"""Numbers, days, units and check digits as suppliers really write them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from app.catalog.formats.findings import Fault
from app.catalog.formats.remembered import Remembered
from app.kernel.vat import STANDARD_RATE

PLAIN: Final = re.compile(r"[+-]?(\d{1,24}(\.\d{0,24})?|\.\d{1,24})")
COMMA: Final = re.compile(r"[+-]?\d{1,15},(\d{1,2}|\d{4,12})")
GERMAN: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d{1,12}")
ENGLISH: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d{1,12}")
CODE: Final = re.compile(r"[A-Z0-9]{2,3}")
GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
VALUES: Final = bytes.maketrans(b"0123456789", bytes(range(10)))

PIECE: Final = "C62"
QUANTITY_DIGITS: Final = 9
HUNDRED: Final = 100

UNITS: Final = {
    "stück": PIECE,
    "stueck": PIECE,
    "stk": PIECE,
    "st": PIECE,
    "pce": PIECE,
    "pcs": PIECE,
    "packung": "PK",
    "pack": "PK",
    "paket": "PK",
    "karton": "CT",
    "box": "BX",
    "rolle": "RO",
    "paar": "PR",
    "satz": "SET",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as understood, and what was odd about it; None where it is not certain."""

    value: Decimal | None
    fault: Fault | None = None


def number(text: str) -> Number:
    """`17,23` and `1.249,00` are understood with a warning; `1,249` is ambiguous: no value."""
    if PLAIN.fullmatch(text):
        return Number(Decimal(text))
    if COMMA.fullmatch(text):
        return Number(Decimal(text.replace(",", ".")), Fault.NUMBER_WITH_COMMA)
    if GERMAN.fullmatch(text):
        point = text.replace(".", "").replace(",", ".")
        return Number(Decimal(point), Fault.NUMBER_WITH_COMMA)
    if ENGLISH.fullmatch(text):
        return Number(Decimal(text.replace(",", "")), Fault.NUMBER_WITH_COMMA)
    return Number(None, Fault.NUMBER_UNREADABLE)


def quantity(text: str) -> tuple[int, Fault | None]:
    """A whole quantity of at least 1, which it also is where the file says nothing usable."""
    if not text:
        return 1, None
    if text.isdecimal() and len(text) < QUANTITY_DIGITS:
        return max(int(text), 1), None
    value = number(text).value
    if value is None or not 0 <= value < 10**QUANTITY_DIGITS:
        return 1, Fault.QUANTITY_UNREADABLE
    if not value:
        return 1, None  # 0.000 as 0
    whole = int(value.to_integral_value(ROUND_CEILING))
    return whole, None if whole == value else Fault.QUANTITY_ROUNDED


def tax_percent(text: str) -> tuple[int, Fault | None]:
    """`0.19` → 19; `19` and `0,19` → 19 with a warning; never 1,900 percent."""
    if not text:
        return STANDARD_RATE, None
    read = number(text)
    if read.value is None or not 0 <= read.value < HUNDRED:
        return STANDARD_RATE, Fault.TAX_UNREADABLE
    written_as_percent = read.value >= 1
    percent = read.value if written_as_percent else read.value * HUNDRED
    fault = Fault.TAX_IN_PERCENT if written_as_percent else read.fault
    whole = int(percent)
    return (whole, fault) if whole == percent else (STANDARD_RATE, Fault.TAX_UNREADABLE)


def day(text: str) -> date | None:
    """The day of an ISO date or date-time; None where it is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def unit(text: str) -> tuple[str, Fault | None]:
    """The UN/ECE code; German words are translated, the rest is taken as pieces."""
    known = UNITS.get(text.lower().rstrip("."))
    if known:
        return known, Fault.UNIT_MAPPED
    if not text or CODE.fullmatch(text):
        return text or PIECE, None
    return PIECE, Fault.UNIT_UNKNOWN


def gtin_is_right(text: str) -> bool:
    """Whether the last digit is the GS1 check digit of the others."""
    if len(text) not in GTIN_LENGTHS or not (text.isascii() and text.isdecimal()):
        return False
    digits = text.encode().translate(VALUES)
    return (sum(digits[::-2]) + 3 * sum(digits[-2::-2])) % 10 == 0


QUANTITIES: Final = Remembered(quantity)
TAXES: Final = Remembered(tax_percent)
DAYS: Final = Remembered(day)
UNITS_READ: Final = Remembered(unit)
