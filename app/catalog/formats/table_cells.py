"""Cells of a table as the readers of numbers and days want them: spreadsheets speak German."""

import re
from decimal import Decimal
from typing import Final

from app.catalog.formats.numbers import number
from app.catalog.formats.workbook import Figure
from app.kernel.german import ungrouped

COMMA: Final = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+")
DIGIT: Final = re.compile(r"[0-9]")  # without one it is a price on request
GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # 1.249 are a thousand, or are not
GERMAN_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
CURRENCY: Final = re.compile(r"^EUR|EUR$", re.IGNORECASE)
SIGNS: Final = str.maketrans("", "", "€ \u00a0\u2009\u202f")
LOT: Final = re.compile(r"^(?:los|lot)?\s*(?:nr\.?)?\s*([0-9]{1,5})(?:\.0+)?$", re.IGNORECASE)
IN_DAYS: Final = re.compile(r"\s*(?:AT|(?:werk|arbeits)?tage?n?)$", re.IGNORECASE)


def amount_in(text: str) -> str:
    """As the price reader wants it; of what is 1.249 or 1249 it gets both, so that it takes none.

    Words without a figure are a price on request.
    """
    if not DIGIT.search(text):
        return ""
    if isinstance(text, Figure):
        return text
    figure = CURRENCY.sub("", text.translate(SIGNS))
    if GROUPED.fullmatch(figure):
        return f"{figure.replace('.', '')} / {figure.replace('.', ',')}"
    return with_point(figure)


def whole(text: str) -> str:
    """`1.000` pieces are a thousand; half pieces stay what they are."""
    return text if isinstance(text, Figure) else ungrouped(with_point(text))


def with_point(text: str) -> str:
    """`1.249,00` as German spreadsheets write it; everything else stays as it is."""
    if COMMA.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text


def iso_day(text: str) -> str:
    german = GERMAN_DAY.fullmatch(text)
    if german is None:
        return text
    day, month, year = german.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def factor(text: str) -> str:
    """Percent, or a factor, as the price reader wants it: `19` and `0,19` → `0.19`."""
    value = number(with_point(text.rstrip("% "))).value
    if value is None:
        return text
    return str(value / 100 if value >= 1 else value)


def positive(text: str) -> Decimal | None:
    value = number(with_point(text)).value if text else None
    return value if value is not None and value > 0 else None


def lot_number(text: str) -> str:
    """`Los 2` and `2.0` → `2`; everything else stays as it is."""
    return LOT.sub(r"\1", text)


def days(text: str) -> str:
    """`14 Tage` → `14`."""
    return with_point(IN_DAYS.sub("", text))
