"""The price elements of one BMEcat article: periods, kinds, scales, where they apply."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Self

from lxml.etree import _Element as Element

from app.catalog.formats.findings import Fault
from app.catalog.formats.numbers import number
from app.catalog.formats.price_lists import (
    ONE,
    Period,
    PriceReading,
    WrittenPrice,
    read_period,
    read_price,
    remark_on_all,
)
from app.catalog.formats.values import Header, Price
from app.catalog.formats.xml_names import NAMES, child, child_text, text_of, texts_of

HERE: Final = "DE"
SCALES: Final = 200  # prices of one period


@dataclass(frozen=True, slots=True)
class PriceContext:
    """What the file says once for all prices; `today` only serves the remarks."""

    currency: str
    factor: str
    period: Period
    today: date

    @classmethod
    def of(cls, header: Header, today: date) -> Self:
        period = Period(header.valid_from, header.valid_until)
        return cls(header.currency, header.price_factor, period, today)


def read_price_quantity(text: str, reading: PriceReading) -> Decimal:
    """The number of order units that the amounts are for; 0 where it makes them unusable."""
    if not text or text == "1":
        return ONE
    per = number(text).value
    if per is None or per <= 0:
        reading.remark(Fault.NUMBER_UNREADABLE, text)
        return Decimal(0)
    return per


def read_prices(
    blocks: list[Element], per: Decimal, context: PriceContext, reading: PriceReading
) -> None:
    """Every block is a period with prices of several kinds and lower bounds."""
    for block in blocks:
        period, priced = _block(block, context, reading)
        if len(priced) > SCALES:
            reading.remark(Fault.TOO_MANY_PARTS, SCALES)
        read = [_price(part, period, per, context, reading) for part in priced[:SCALES]]
        reading.add([price for price in read if price is not None], period)
    remark_on_all(reading, context.today)


def _block(
    block: Element, context: PriceContext, reading: PriceReading
) -> tuple[Period, list[Element]]:
    """The days of one block and its price elements."""
    written: list[tuple[str, str]] = []
    priced: list[Element] = []
    daily = False
    for part in block:
        name = NAMES[part.tag]
        if name == "PRICE":
            priced.append(part)
        elif name == "DATETIME":
            written.append((part.get("type") or "", child_text(part, "DATE")))
        elif name in {"VALID_START_DATE", "VALID_END_DATE"}:
            written.append((name.lower(), text_of(part)))
        elif name == "DAILY_PRICE":
            daily = text_of(part).lower() == "true"
    reading.dated_blocks += bool(written)
    period = read_period(written, context.period, reading)
    if daily:
        reading.remark(Fault.PRICE_ON_REQUEST)
        period = period._replace(binding=False)
    return period, priced


def _price(
    element: Element,
    period: Period,
    per: Decimal,
    context: PriceContext,
    reading: PriceReading,
) -> Price | None:
    parts = texts_of(element)
    if len(parts) != len(element):
        parts["PRICE_AMOUNT"] = _amounts(element)
    written = WrittenPrice(
        element.get("price_type") or "",
        parts.get("PRICE_AMOUNT", ""),
        parts.get("PRICE_CURRENCY") or context.currency,
        parts.get("TAX", ""),
        parts.get("PRICE_FACTOR") or context.factor,
        parts.get("LOWER_BOUND", ""),
    )
    if "TAX_DETAILS" in parts:
        written = written._replace(tax=child_text(child(element, "TAX_DETAILS"), "TAX"))
    price = read_price(written, period, per, reading)
    if "TERRITORY" in parts and not _applies_here(element, reading):
        return None
    if "PRICE_BASE" in parts and not _per_order_unit(element, reading):
        return None
    return price


def _amounts(element: Element) -> str:
    """All of them where there are several: together they are no number, so none is taken."""
    amounts = dict.fromkeys(text_of(part) for part in element if NAMES[part.tag] == "PRICE_AMOUNT")
    return " / ".join(amounts)


def _applies_here(element: Element, reading: PriceReading) -> bool:
    named = [text_of(part) for part in element if NAMES[part.tag] == "TERRITORY"]
    if any(territory.upper().startswith(HERE) for territory in named):
        return True
    reading.remark(Fault.PRICE_ELSEWHERE, ", ".join(named))
    return False


def _per_order_unit(element: Element, reading: PriceReading) -> bool:
    """A price per kilogram of a sack of 25 is no price of the sack; nobody guesses it."""
    base = child(element, "PRICE_BASE")
    factor = number(child_text(base, "PRICE_UNIT_FACTOR") or "1").value
    if factor == ONE:
        return True
    reading.remark(Fault.PRICE_BASE, child_text(base, "PRICE_UNIT"))
    return False
