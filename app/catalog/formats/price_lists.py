"""Prices as a file writes them become prices to order at, or remarks why not."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from app.catalog.formats.findings import Fault
from app.catalog.formats.numbers import DAYS, QUANTITIES, TAXES, number
from app.catalog.formats.values import Price, PriceKind
from app.catalog.rules_periods import ListedPrice, disjoint
from app.kernel.german import day as day_in_german
from app.kernel.unit_price import UnitPrice

DAY: Final = timedelta(days=1)
ONE: Final = Decimal(1)
HIGHEST: Final = Decimal(10_000_000)  # euros per unit; above it is a slipped decimal point
SIMPLE: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")  # below HIGHEST, exact in four decimals
DECIMALS: Final = 4
EURO: Final = "EUR"
GROSS: Final = "gros_list"
REFERENCE_ONLY: Final = frozenset({"nrp", "net_customer_exp"})
KINDS: Final = {"net_customer": PriceKind.NET_CUSTOMER, "net_list": PriceKind.NET_LIST}


class Period(NamedTuple):
    """Days inclusive, None = open; a price of a period that is not `binding` is never used."""

    starts: date | None
    ends: date | None
    binding: bool = True


class WrittenPrice(NamedTuple):
    """A price with its texts as written, '' where the file says nothing."""

    kind: str
    amount: str
    currency: str
    tax: str = ""
    factor: str = ""
    lower_bound: str = ""


@dataclass(slots=True)
class PriceReading:
    """The usable prices of one article, ordered by period and bound, and the remarks on all."""

    prices: list[Price] = field(default_factory=list)
    periods: list[tuple[date, date]] = field(default_factory=list)
    kinds_seen: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    dated_blocks: int = 0

    def remark(self, fault: Fault | None, detail: object = "") -> None:
        if fault is not None:
            text = day_in_german(detail) if isinstance(detail, date) else str(detail)
            self.faults.append((fault, text))

    def add(self, usable: list[Price], period: Period) -> None:
        """The price list of one period out of everything that it says."""
        chosen = price_list(usable, self)
        if chosen:
            self.prices += chosen
            self.periods.append((period.starts or date.min, period.ends or date.max))

    @property
    def negative(self) -> bool:
        return any(fault == Fault.NEGATIVE_PRICE for fault, _ in self.faults)

    @property
    def last_day(self) -> date:
        """On which a usable price counts; `date.max` where one has no end, or there is none."""
        return max([end for _, end in self.periods], default=date.max)


def read_period(written: list[tuple[str, str]], within: Period, reading: PriceReading) -> Period:
    """`written` are pairs of valid_start_date or valid_end_date and a day as text."""
    if not written:
        return within
    starts, ends, binding = within
    for kind, text in written:
        read = DAYS[text]
        if read is None or kind not in {"valid_start_date", "valid_end_date"}:
            reading.remark(Fault.DATE_UNREADABLE, f"{kind} {text}".strip())
            binding = False
        elif kind == "valid_start_date":
            starts = read
        else:
            ends = read
    if starts and ends and ends < starts:
        reading.remark(Fault.PERIOD_INVERTED, f"{day_in_german(starts)} bis {day_in_german(ends)}")
        binding = False
    return Period(starts, ends, binding)


def read_price(
    written: WrittenPrice, period: Period, per: Decimal, reading: PriceReading
) -> Price | None:
    """None where nobody may order at it; amount × factor / `per` is the price per order unit."""
    reading.kinds_seen.append(written.kind)
    reading.amounts.append(written.amount)
    tax, fault = TAXES[written.tax]
    if fault is not None:
        reading.remark(fault, written.tax)
    unit_price = _unit_price(written, per, reading)
    kind = KINDS.get(written.kind)
    if kind is None and written.kind != GROSS and written.kind not in REFERENCE_ONLY:
        reading.remark(Fault.PRICE_TYPE_UNKNOWN, written.kind)
    right_currency = written.currency == EURO or _is_euro(written.currency, reading)
    bound, fault = QUANTITIES[written.lower_bound]
    if fault is Fault.QUANTITY_UNREADABLE:
        # Nobody knows from how many pieces on it holds: taken from one on, it would be too low.
        reading.remark(Fault.NUMBER_UNREADABLE, written.lower_bound)
        return None
    if fault is not None:
        reading.remark(fault, written.lower_bound)
    if unit_price is None or kind is None or not right_currency or not period.binding:
        return None
    # 31.12.9999 is how large systems write that there is no end; no day comes after it.
    ends = None if period.ends == date.max else period.ends
    return Price(kind, unit_price, bound, tax, period.starts, ends)


def price_list(usable: list[Price], reading: PriceReading) -> list[Price]:
    """The prices of the best kind by lower bound; of two with the same bound the first counts."""
    if len(usable) <= 1:
        return usable
    kinds = [price.kind for price in usable]
    best = PriceKind.NET_CUSTOMER if PriceKind.NET_CUSTOMER in kinds else PriceKind.NET_LIST
    chosen: dict[int, Price] = {}
    for price in usable:
        if price.kind is best and chosen.setdefault(price.lower_bound, price) is not price:
            reading.remark(Fault.PRICE_TWICE, price.lower_bound)
    return [chosen[bound] for bound in sorted(chosen)]


def remark_on_all(reading: PriceReading, today: date) -> None:
    prices = reading.prices
    if not reading.kinds_seen:
        reading.remark(Fault.NO_PRICE)
    elif set(reading.kinds_seen) == {GROSS}:
        reading.remark(Fault.GROSS_PRICE_ONLY)
    if not prices:
        return
    if PriceKind.NET_CUSTOMER not in [price.kind for price in prices]:
        reading.remark(Fault.LIST_PRICE_ONLY)
    if prices[0].lower_bound > 1 and (lowest := min([price.lower_bound for price in prices])) > 1:
        reading.remark(Fault.SCALE_NOT_FROM_ONE, lowest)
    _remark_on_periods(reading, today)


def _remark_on_periods(reading: PriceReading, today: date) -> None:
    periods = sorted(reading.periods)
    if len(periods) > 1 and any(first[1] >= second[0] for first, second in pairwise(periods)):
        reading.remark(Fault.PERIODS_OVERLAP)
        reading.prices = _without_overlap(reading.prices)
    if reading.last_day < today:
        reading.remark(Fault.PRICE_EXPIRED, reading.last_day)
    if periods[0][0] > today:
        reading.remark(Fault.PRICE_IN_FUTURE, periods[0][0])


def _without_overlap(prices: list[Price]) -> list[Price]:
    """One list of prices for every day, as publishing makes it too: the later begun one counts."""
    listed = [
        ListedPrice(
            price.lower_bound,
            price.unit_price,
            price.valid_from or date.min,
            price.valid_until + DAY if price.valid_until and price.valid_until < date.max else None,
        )
        for price in prices
    ]
    origin = {(price.lower_bound, price.unit_price): price for price in reversed(prices)}
    return [
        origin[one.lower_bound, one.unit_price]._replace(
            valid_from=None if one.valid_from == date.min else one.valid_from,
            valid_until=None if one.valid_to is None else one.valid_to - DAY,
        )
        for one in disjoint(listed, date.min)
    ]


def _unit_price(written: WrittenPrice, per: Decimal, reading: PriceReading) -> UnitPrice | None:
    text, factor_text = written.amount, written.factor
    if factor_text in {"", "1"} and per == ONE and SIMPLE.fullmatch(text):
        whole, _, fraction = text.partition(".")
        price = UnitPrice(int(whole + fraction.ljust(DECIMALS, "0")))
    else:
        exact = _exact(text, factor_text, per, reading)
        if exact is None:
            return None
        price = UnitPrice.euros(exact)
        if price.decimal != exact:
            reading.remark(Fault.PRICE_ROUNDED, text)
    if price.ten_thousandths > 0:
        return price
    reading.remark(Fault.PRICE_ZERO)
    return None


def _exact(text: str, factor_text: str, per: Decimal, reading: PriceReading) -> Decimal | None:
    if not text:
        reading.remark(Fault.PRICE_ON_REQUEST)
        return None
    amount = number(text)
    reading.remark(amount.fault, text)
    factor = number(factor_text or "1")
    reading.remark(factor.fault, factor_text)
    if amount.value is None or factor.value is None or per <= 0:
        return None
    exact = amount.value * factor.value / per
    if exact < 0:
        reading.remark(Fault.NEGATIVE_PRICE, text)
    elif exact > HIGHEST:
        reading.remark(Fault.PRICE_TOO_HIGH, text)
    else:
        return exact
    return None


def _is_euro(currency: str, reading: PriceReading) -> bool:
    if not currency:
        reading.remark(Fault.CURRENCY_MISSING)
    elif currency.upper() != EURO:
        reading.remark(Fault.FOREIGN_CURRENCY, currency)
    return currency.upper() == EURO
