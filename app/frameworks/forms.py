"""Reading the form of an agreement: syntax only."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from app.frameworks.change_framework import LotTerms, Terms
from app.frameworks.records import Lot
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.money import Money

EURO: Final = re.compile(r"^\d{1,3}(\.?\d{3})*(,\d{1,2})?$")
LONGEST_AMOUNT: Final = 18


def read_terms(sent: Mapping[str, str], lots: tuple[Lot, ...]) -> Terms:
    """Raises Malformed with every wrong field."""
    errors: list[FieldError] = []
    first = _day(errors, sent, "valid_from")
    last = _day(errors, sent, "valid_to")
    days = _whole(errors, sent, "delivery_days", 365)
    terms = {lot.number: _lot(errors, sent, lot) for lot in lots}
    if errors:
        raise Malformed(*errors)
    return Terms(
        title=clean(sent.get("title", ""))[:160],
        valid_from=first,
        valid_to=last,
        delivery_days=days or 0,
        note=clean(sent.get("note", ""))[:2000],
        lots=terms,
    )


def _lot(errors: list[FieldError], sent: Mapping[str, str], lot: Lot) -> LotTerms:
    prefix = f"lot-{lot.number}"
    return LotTerms(
        title=clean(sent.get(f"{prefix}-title", lot.title))[:160] or lot.title,
        maximum_value=_amount(errors, sent, f"{prefix}-value"),
        maximum_quantity=_whole(errors, sent, f"{prefix}-quantity", 10_000_000),
    )


def _day(errors: list[FieldError], sent: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(sent.get(name, "").strip())
    except ValueError:
        errors.append(FieldError(name, "date", "Bitte geben Sie ein Datum an."))
        return date.min


def _amount(errors: list[FieldError], sent: Mapping[str, str], name: str) -> Money:
    text = sent.get(name, "").strip().replace("€", "").strip()
    if len(text) > LONGEST_AMOUNT or not EURO.match(text):
        words = "Bitte geben Sie einen Betrag in Euro an, zum Beispiel 250.000,00."
        errors.append(FieldError(name, "amount", words))
        return Money(0)
    return Money.euros(Decimal(text.replace(".", "").replace(",", ".")))


def _whole(errors: list[FieldError], sent: Mapping[str, str], name: str, most: int) -> int | None:
    text = sent.get(name, "").strip().replace(".", "")
    if not text:
        return None
    if text.isdecimal() and int(text) <= most:
        return int(text)
    errors.append(FieldError(name, "number", f"Bitte eine ganze Zahl bis {most} oder nichts."))
    return None
