"""The prices of one article element: which may be used for orders, and what is wrong with them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from lxml.etree import _Element as Element

from app.catalog.formats.bmecat_names import child, child_text, named, text_of
from app.catalog.formats.findings import Fault
from app.catalog.formats.numbers import Number, day, number, quantity, tax_percent
from app.catalog.formats.values import Price, PriceKind
from app.kernel.german import day as day_in_german
from app.kernel.unit_price import UnitPrice

HIGHEST: Final = Decimal(10_000_000)  # euros per unit; above it is a slipped decimal point
ONE: Final = Decimal(1)
GROSS: Final = "gros_list"
REFERENCE_ONLY: Final = frozenset({"nrp", "net_customer_exp"})

KINDS: Final = {"net_customer": PriceKind.NET_CUSTOMER, "net_list": PriceKind.NET_LIST}
PREFERENCE: Final = tuple(PriceKind)


@dataclass(frozen=True, slots=True)
class PriceContext:
    """What the file says once for all prices; `today` only serves the remarks."""

    currency: str
    valid_from: date | None
    valid_until: date | None
    today: date


@dataclass(slots=True)
class PriceReading:
    """The usable prices of one article and the remarks on all of them."""

    prices: list[Price] = field(default_factory=list)
    kinds_seen: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    dated_blocks: int = 0

    def remark(self, fault: Fault | None, detail: object = "") -> None:
        if fault is not None:
            text = day_in_german(detail) if isinstance(detail, date) else str(detail)
            self.faults.append((fault, text))


@dataclass(frozen=True, slots=True)
class _Period:
    starts: date | None
    ends: date | None
    binding: bool


def read_prices(blocks: list[Element], price_quantity: str, context: PriceContext) -> PriceReading:
    """Every block is a period; amount × factor / price quantity is the price per order unit."""
    reading = PriceReading()
    per = number(price_quantity).value if price_quantity else ONE
    if per is None or per <= 0:
        reading.remark(Fault.NUMBER_UNREADABLE, price_quantity)
    for block in blocks:
        period = _period(block, context, reading)
        usable: list[Price] = []
        for element in block:
            if named(element) == "PRICE":
                price = _price(element, period, per, context, reading)
                if price is not None:
                    usable.append(price)
        reading.prices += _best_kind(usable)
    _remark_on_all(reading, context.today)
    return reading


def _period(block: Element, context: PriceContext, reading: PriceReading) -> _Period:
    starts, ends, binding, dated = context.valid_from, context.valid_until, True, False
    for element in block:
        name = named(element)
        if name == "DAILY_PRICE" and text_of(element).lower() == "true":
            reading.remark(Fault.PRICE_ON_REQUEST)
            binding = False
        if name not in {"DATETIME", "VALID_START_DATE", "VALID_END_DATE"}:
            continue
        dated = True
        text = child_text(element, "DATE") if name == "DATETIME" else text_of(element)
        kind = (element.get("type") or "") if name == "DATETIME" else name.lower()
        read = day(text)
        if read is None or kind not in {"valid_start_date", "valid_end_date"}:
            reading.remark(Fault.DATE_UNREADABLE, f"{kind} {text}".strip())
            binding = False
        elif kind == "valid_start_date":
            starts = read
        else:
            ends = read
    reading.dated_blocks += dated
    if starts and ends and ends < starts:
        reading.remark(Fault.PERIOD_INVERTED, f"{day_in_german(starts)} bis {day_in_german(ends)}")
        binding = False
    return _Period(starts, ends, binding)


def _price(
    element: Element,
    period: _Period,
    per: Decimal | None,
    context: PriceContext,
    reading: PriceReading,
) -> Price | None:
    parts = {named(part): text_of(part) for part in element}
    kind_text = element.get("price_type") or ""
    reading.kinds_seen.append(kind_text)
    amount_text = parts.get("PRICE_AMOUNT", "")
    reading.amounts.append(amount_text)
    tax, fault = tax_percent(parts.get("TAX") or _nested_tax(element))
    reading.remark(fault, parts.get("TAX", ""))
    unit_price = _unit_price(amount_text, parts.get("PRICE_FACTOR", ""), per, reading)
    kind = _kind(kind_text, reading)
    right_currency = _is_euro(parts.get("PRICE_CURRENCY") or context.currency, reading)
    bound, fault = quantity(parts.get("LOWER_BOUND", ""), 1)
    reading.remark(fault, parts.get("LOWER_BOUND", ""))
    if unit_price is None or kind is None or not right_currency or not period.binding:
        return None
    return Price(kind, unit_price, bound, tax, period.starts, period.ends)


def _nested_tax(element: Element) -> str:
    details = child(element, "TAX_DETAILS")
    return child_text(details, "TAX") if details is not None else ""


def _unit_price(
    text: str, factor_text: str, per: Decimal | None, reading: PriceReading
) -> UnitPrice | None:
    if not text:
        reading.remark(Fault.PRICE_ON_REQUEST)
        return None
    amount = number(text)
    reading.remark(amount.fault, text)
    factor = number(factor_text) if factor_text else Number(ONE)
    reading.remark(factor.fault, factor_text)
    if amount.value is None or factor.value is None or per is None or per <= 0:
        return None
    effective = amount.value * factor.value / per
    if effective < 0:
        reading.remark(Fault.NEGATIVE_PRICE, text)
    elif effective > HIGHEST:
        reading.remark(Fault.PRICE_TOO_HIGH, text)
    else:
        price = UnitPrice.euros(effective)
        if price.decimal != effective:
            reading.remark(Fault.PRICE_ROUNDED, text)
        if price.ten_thousandths > 0:
            return price
        reading.remark(Fault.PRICE_ZERO)
    return None


def _kind(text: str, reading: PriceReading) -> PriceKind | None:
    kind = KINDS.get(text)
    if kind is None and text != GROSS and text not in REFERENCE_ONLY:
        reading.remark(Fault.PRICE_TYPE_UNKNOWN, text)
    return kind


def _is_euro(currency: str, reading: PriceReading) -> bool:
    if not currency:
        reading.remark(Fault.CURRENCY_MISSING)
    elif currency.upper() != "EUR":
        reading.remark(Fault.FOREIGN_CURRENCY, currency)
    return currency.upper() == "EUR"


def _best_kind(prices: list[Price]) -> list[Price]:
    """The prices of the best kind, one per lower bound: the first of two alike counts."""
    for kind in PREFERENCE:
        chosen = {price.lower_bound: price for price in reversed(prices) if price.kind == kind}
        if chosen:
            return [chosen[bound] for bound in sorted(chosen)]
    return []


def _remark_on_all(reading: PriceReading, today: date) -> None:
    prices = reading.prices
    if not reading.kinds_seen:
        reading.remark(Fault.NO_PRICE)
    elif set(reading.kinds_seen) == {GROSS}:
        reading.remark(Fault.GROSS_PRICE_ONLY)
    if prices and all(price.kind == PriceKind.NET_LIST for price in prices):
        reading.remark(Fault.LIST_PRICE_ONLY)
    if prices and min(price.lower_bound for price in prices) > 1:
        reading.remark(Fault.SCALE_NOT_FROM_ONE, min(price.lower_bound for price in prices))
    periods = sorted(
        {(price.valid_from or date.min, price.valid_until or date.max) for price in prices}
    )
    if any(first[1] >= second[0] for first, second in pairwise(periods)):
        reading.remark(Fault.PERIODS_OVERLAP)
    if periods and max(end for _, end in periods) < today:
        reading.remark(Fault.PRICE_EXPIRED, max(end for _, end in periods))
    if periods and periods[0][0] > today:
        reading.remark(Fault.PRICE_IN_FUTURE, periods[0][0])
