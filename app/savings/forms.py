"""What people type into the forms of the report: syntax only."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, typed_day
from app.kernel.money import Money
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice

GERMAN: Final = re.compile(r"^(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{1,4}))?$")
WHOLE: Final = re.compile(r"^\d{1,6}$")
LONGEST_SOURCE: Final = 200
LARGEST_RATE: Final = Money.euros("500.00")
MOST_MINUTES: Final = 20_000


@dataclass(frozen=True, slots=True)
class RateSent:
    amount: Money
    source: str


@dataclass(frozen=True, slots=True)
class OverheadSent:
    month: Month
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class MarketPriceSent:
    sku: str
    unit_price: UnitPrice
    source: str
    seen_on: date
    same_specification: bool
    is_list_price: bool


def decimal_of(text: str) -> Decimal | None:
    """`1.234,56` as a number; None where it is not written like that."""
    found = GERMAN.match(clean(text))
    if found is None:
        return None
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or '0'}")


def rate_sent(rate: str, source: str) -> RateSent:
    """Rate in euros per hour with its source. Malformed names the fields."""
    errors = []
    amount = decimal_of(rate)
    if amount is None or not Money(0) < Money.euros(amount) <= LARGEST_RATE:
        errors.append(
            FieldError("rate", "rate", "Bitte geben Sie den Stundensatz so an: 56,40 (bis 500).")
        )
    kept = clean(source)
    if not kept or len(kept) > LONGEST_SOURCE:
        errors.append(
            FieldError(
                "source", "source", "Bitte nennen Sie Quelle und Jahr, höchstens 200 Zeichen."
            )
        )
    if errors or amount is None:
        raise Malformed(*errors)
    return RateSent(Money.euros(amount), kept)


def overhead_sent(month: str, minutes: str, note: str) -> OverheadSent:
    """Minutes of a month. Malformed names the fields."""
    errors = []
    found = Month.parse(month)
    if found is None:
        errors.append(FieldError("month", "month", "Bitte wählen Sie einen Monat."))
    if not WHOLE.match(clean(minutes)) or int(clean(minutes)) > MOST_MINUTES:
        errors.append(
            FieldError("minutes", "minutes", "Bitte geben Sie ganze Minuten an, höchstens 20000.")
        )
    if errors or found is None:
        raise Malformed(*errors)
    return OverheadSent(found, int(clean(minutes)), clean(note)[:LONGEST_SOURCE])


def market_price_sent(
    texts: dict[str, str], *, same_specification: bool, is_list_price: bool
) -> MarketPriceSent:
    """`texts` has sku, price, source and seen_on. Malformed names the fields."""
    errors = []
    price = decimal_of(texts["price"])
    if price is None or price <= 0:
        errors.append(
            FieldError("price", "price", "Bitte geben Sie den Nettopreis so an: 1.234,56.")
        )
    seen_on = _day(texts["seen_on"])
    if seen_on is None:
        errors.append(FieldError("seen_on", "seen_on", "Bitte geben Sie ein Datum an."))
    source = clean(texts["source"])
    if not source or len(source) > LONGEST_SOURCE:
        errors.append(
            FieldError("source", "source", "Bitte nennen Sie das Angebot oder die Adresse.")
        )
    sku = clean(texts["sku"])
    if not sku:
        errors.append(FieldError("sku", "sku", "Bitte geben Sie die Artikelnummer an."))
    if errors or price is None or seen_on is None:
        raise Malformed(*errors)
    return MarketPriceSent(
        sku, UnitPrice.euros(price), source, seen_on, same_specification, is_list_price
    )


def _day(text: str) -> date | None:
    try:
        return typed_day(clean(text))
    except ValueError:
        return None
