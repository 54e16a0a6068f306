"""German typography for people, and the folded form that search and sorting compare."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from app.kernel.legal_day import BERLIN
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

SPACE: Final = "\u00a0"
FOLDS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
MOST_DIGITS: Final = 9
GROUPED: Final = re.compile(r"[+−-]?[0-9]{1,3}(\.[0-9]{3})+")
YEARS: Final = range(1900, 2200)
TYPED_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})  # categories of control and direction signs
UNUSUAL: Final = re.compile(r"[^\n\t -~À-ɏ]")


def number(value: Decimal | int, decimals: int = 0) -> str:
    """`1234567.5` → `1.234.567,5` with `decimals` places."""
    written = f"{value:,.{decimals}f}"
    return written.translate(str.maketrans(",.", ".,")).replace("-", "−")


def euro(amount: Money) -> str:
    return f"{number(amount.decimal, 2)}{SPACE}€"


def unit_price(price: UnitPrice) -> str:
    """Two decimals, up to four where the price has them."""
    decimals = len(price.text.partition(".")[2])
    return f"{number(price.decimal, decimals)}{SPACE}€"


def percent(share: Decimal, decimals: int = 1) -> str:
    """`share` as a fraction: 0.362 → `36,2 %`."""
    return f"{number(share * 100, decimals)}{SPACE}%"


def day(value: date) -> str:
    return value.strftime("%d.%m.%Y")


def typed_day(text: str) -> date:
    """`2027-01-15` as browsers send a day, or `15.1.2027` as people write it. Else ValueError.

    Nor any day that nobody can mean; what is counted from it would end outside of all calendars.
    """
    if written := TYPED_DAY.fullmatch(text.strip()):
        typed = date(int(written[3]), int(written[2]), int(written[1]))
    else:
        typed = date.fromisoformat(text.strip())
    if typed.year not in YEARS:
        raise ValueError(typed)
    return typed


def moment(value: datetime) -> str:
    return value.astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M Uhr")


def fold(text: str) -> str:
    """Lower case, umlauts written out, other accents dropped: `Roßlau` → `rosslau`."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text).casefold().translate(FOLDS)
    if composed.isascii():
        return composed
    split = unicodedata.normalize("NFKD", composed)
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def whole_number(text: str) -> int | None:
    """Digits as typed, nine at most; None for anything else, figures of other scripts included."""
    digits = text.strip()
    fits = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    return int(digits) if fits else None


def ungrouped(text: str) -> str:
    """`1.000` → `1000`. Any other point stays: one and a half pieces are not fifteen."""
    return text.replace(".", "") if GROUPED.fullmatch(text) else text


def clean(text: str) -> str:
    """One line as typed by a person: NFC, without control and direction signs, trimmed."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nearly every text: no sign of the categories below is printable
    # Composed afterwards: what a control sign stood between may be one sign without it.
    return unicodedata.normalize("NFC", UNUSUAL.sub(_kept, text)).strip()


def _kept(found: re.Match[str]) -> str:
    return "" if unicodedata.category(found[0]) in UNSEEN else found[0]
