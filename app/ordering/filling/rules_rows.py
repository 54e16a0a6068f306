"""Reading rows of article numbers and quantities, however they were pasted: pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.kernel.german import clean, fold
from app.ordering.wanted import LARGEST_QUANTITY, LARGEST_WRITTEN

MOST_ROWS: Final = 500
LONGEST_NUMBER: Final = 64
LONGEST_QUANTITY: Final = 10  # signs that are shown again
FEW_DIGITS: Final = 5  # a quantity is short; a number that is longer is an article's
# Folded and without signs; the article's own number counts before an EAN, that before a maker's.
NUMBER_HEADS: Final = (
    *("artikelnummer", "artikelnr", "artnr", "sku", "bestellnummer", "bestellnr"),
    *("ean", "gtin", "barcode"),
    *("herstellernummer", "herstellernr", "mpn", "herstellerartikelnummer"),
    *("lieferantennummer", "lieferantennr", "lieferantenartikelnummer", "nummer"),
    *("nr", "artikel"),
)
QUANTITY_HEADS: Final = frozenset(
    {"menge", "bestellmenge", "anzahl", "stueck", "stueckzahl", "stk", "qty", "quantity"}
)
TIMES: Final = re.compile(r"(\d+)\s*[xX×*]\s+(\S.*)")  # 5 x NB-14
COUNTED: Final = re.compile(  # NB-14 5 Stück, NB-14, 5
    r"(\S+?)(?:\s+[x×*]\s*|\s*,\s*|\s+)(\d+)(?:\s*(?:stück|stk\.?|st\.?))?", re.IGNORECASE
)
PIECES: Final = re.compile(r"\s*(?:stück|stueck|stk\.?|st\.?|x|×)\s*", re.IGNORECASE)
WHOLE: Final = re.compile(r"(\d+)(?:[.,]0+)?")
THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
SHORTENED: Final = re.compile(r"\d(?:[.,]\d+)?e\+\d+", re.IGNORECASE)


class RowFault(StrEnum):
    """Why a row cannot even be looked up."""

    NO_NUMBER = "no_number"
    NUMBER_TOO_LONG = "number_too_long"
    SHORTENED = "shortened"
    QUANTITY = "quantity"


FAULTS: Final = {
    RowFault.NO_NUMBER: "In dieser Zeile steht keine Nummer.",
    RowFault.NUMBER_TOO_LONG: f"Nummern haben höchstens {LONGEST_NUMBER} Zeichen.",
    RowFault.SHORTENED: "Die Tabelle hat die EAN gekürzt. Formatieren Sie die Spalte als Text.",
    RowFault.QUANTITY: f"Die Menge muss eine ganze Zahl von 1 bis {LARGEST_WRITTEN} sein.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as somebody gave it; `quantity` is 0 where it could not be read."""

    line: int
    number: str
    quantity: int
    fault: RowFault | None = None
    typed_quantity: str = ""


def rows_of_text(text: str) -> tuple[Row, ...]:
    """Pasted lines: tabs as from a spreadsheet, semicolons, `5 x NB-14`, `NB-14 5`, `NB-14`."""
    lines = enumerate(text.splitlines(), 1)
    return rows_of_cells((at, _cells(line)) for at, line in lines if line.strip(" \t;"))


def rows_of_cells(table: Iterable[tuple[int, Sequence[str]]]) -> tuple[Row, ...]:
    """Rows of cells with their line numbers; heads, where there are any, say which is which.

    Reads one row more than MOST_ROWS, so that the caller can say that there are too many.
    """
    heads: _Heads | None = None
    rows: list[Row] = []
    for line, cells in table:
        if not rows and heads is None and (found := _heads(cells)) is not None:
            heads = found
            continue
        if not rows and heads is None and _is_title(cells):
            continue
        if any(cell.strip() for cell in cells):
            rows.append(_row(line, cells, heads))
        if len(rows) > MOST_ROWS:
            break
    return tuple(rows)


def read_quantity(text: str) -> int:
    """`5`, `5,0`, `1.000`, `5 Stück`; an empty cell is 1, and 0 is what cannot be read."""
    if not text.strip():
        return 1
    digits = PIECES.sub("", text)
    if THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    whole = WHOLE.fullmatch(digits)
    if whole is None or not whole[1].isascii() or len(whole[1]) > len(str(LARGEST_QUANTITY)):
        return 0
    quantity = int(whole[1])
    return quantity if quantity <= LARGEST_QUANTITY else 0


@dataclass(frozen=True, slots=True)
class _Heads:
    """Which columns hold numbers, the best first, and which the quantity."""

    numbers: tuple[int, ...]
    quantity: int | None


def _heads(cells: Sequence[str]) -> _Heads | None:
    names = [_name(cell) for cell in cells]
    known = [
        (NUMBER_HEADS.index(name), at) for at, name in enumerate(names) if name in NUMBER_HEADS
    ]
    if not known:
        return None
    quantity = next((at for at, name in enumerate(names) if name in QUANTITY_HEADS), None)
    return _Heads(tuple(at for _, at in sorted(known)), quantity)


def _is_title(cells: Sequence[str]) -> bool:
    """`Produkt · Menge`: a head all the same, although no column is called like a number."""
    return len(cells) > 1 and any(_name(cell) in QUANTITY_HEADS for cell in cells)


def _name(cell: str) -> str:
    return "".join(sign for sign in fold(cell) if sign.isalnum())


def _cells(line: str) -> list[str]:
    for separator in ("\t", ";"):
        if separator in line:
            return [clean(cell).strip('"') for cell in line.split(separator)]
    whole = clean(line)
    if match := TIMES.fullmatch(whole):
        return [match[2], match[1]]
    if match := COUNTED.fullmatch(whole):
        return [match[1], match[2]]
    return [whole]


def _row(line: int, cells: Sequence[str], heads: _Heads | None) -> Row:
    number, quantity = _headed(cells, heads) if heads else _guessed(cells)
    number = number.strip().removeprefix("'")
    many = read_quantity(quantity)
    fault = _fault(number, many)
    typed = quantity.strip()[:LONGEST_QUANTITY]
    return Row(line, number[:LONGEST_NUMBER], 0 if fault else many, fault, typed)


def _headed(cells: Sequence[str], heads: _Heads) -> tuple[str, str]:
    numbers = (cells[at] for at in heads.numbers if at < len(cells))
    quantity = ""
    if heads.quantity is not None and heads.quantity < len(cells):
        quantity = cells[heads.quantity]
    return next((number for number in numbers if number.strip()), ""), quantity


def _guessed(cells: Sequence[str]) -> tuple[str, str]:
    """Without heads: the number first, then the quantity; the other way round is understood."""
    filled = [cell for cell in cells if cell.strip()]
    first, second = filled[0], filled[1] if len(filled) > 1 else ""
    if second and _is_few(first) and not _is_few(second) and not second.isalpha():
        return second, first
    if second and not _is_few(second):  # a description in between
        second = next((cell for cell in filled[2:] if _is_few(cell)), second)
    return first, second


def _is_few(cell: str) -> bool:
    digits = PIECES.sub("", cell)
    return digits.isdecimal() and len(digits) <= FEW_DIGITS


def _fault(number: str, quantity: int) -> RowFault | None:
    if not number:
        return RowFault.NO_NUMBER
    if SHORTENED.fullmatch(number):
        return RowFault.SHORTENED
    if len(number) > LONGEST_NUMBER:
        return RowFault.NUMBER_TOO_LONG
    return None if quantity else RowFault.QUANTITY
