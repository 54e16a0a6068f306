"""The four numbers of the money side, never added silently, and the break-even of the fee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from app.documents.savings.savings_report import MoneyFigures, Share
from app.kernel.german import euro
from app.kernel.money import Money
from app.savings.distribution import rounded
from app.savings.rules import HOUR, hours

EVIDENCE_WINDOW: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of a completed call-off. All amounts net, for the whole quantity.

    `market_net` is None where nobody recorded a market price. A manufacturer's list price and a
    price of another model are kept as evidence of nothing: they never count.
    """

    framework_net: Money
    ordered_on: date
    market_net: Money | None = None
    seen_on: date | None = None
    same_specification: bool = False
    is_list_price: bool = False

    @property
    def has_evidence(self) -> bool:
        """Source dated within 30 days of the order, same specification, no list price."""
        if self.market_net is None or self.seen_on is None:
            return False
        near = abs(self.seen_on - self.ordered_on) <= EVIDENCE_WINDOW
        return near and self.same_specification and not self.is_list_price


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """What the member enters, with its source (report number and year); never shipped."""

    amount: Money
    source: str


@dataclass(frozen=True, slots=True)
class Fees:
    """Fee months of a period and what they cost."""

    months: int
    cost: Money


@dataclass(frozen=True, slots=True)
class TimeBasis:
    """What the money side needs to know about the hours: None where they are suppressed."""

    net_seconds: int | None
    median_saved: int | None


def price_advantage(lines: Sequence[PricedLine]) -> Money:
    """Market minus framework over lines with evidence; negative where the market was cheaper."""
    return Money.total(
        line.market_net - line.framework_net
        for line in lines
        if line.has_evidence and line.market_net is not None
    )


def evidence_coverage(lines: Sequence[PricedLine]) -> Share:
    """Net value of lines with evidence of the net value of all lines, in cents."""
    with_evidence = Money.total(line.framework_net for line in lines if line.has_evidence)
    return Share(with_evidence.cents, Money.total(line.framework_net for line in lines).cents)


def value_of_time(seconds: int, rate: Money) -> Money:
    """Hours x rate, rounded once to the cent."""
    return Money(rounded(Fraction(seconds * rate.cents, HOUR)))


def hours_to_cover(fee: Money, rate: Money) -> Fraction:
    """Hours that pay the fee: 40 for 2,400 EUR at 60 EUR."""
    return Fraction(fee.cents, rate.cents)


def cases_to_cover(fee: Money, rate: Money, saved_seconds: Fraction) -> Fraction:
    """Cases that pay the fee at a saving of `saved_seconds` each."""
    return hours_to_cover(fee, rate) * HOUR / saved_seconds


def money_figures(
    lines: Sequence[PricedLine],
    time: TimeBasis,
    fees: Fees,
    rate: HourlyRate | None,
    cash_discount: Money,
) -> MoneyFigures:
    """The four numbers apart; time enters the last one only, under its own name."""
    advantage = price_advantage(lines)
    cash = advantage - fees.cost + cash_discount
    value = None
    if rate is not None and time.net_seconds is not None:
        value = value_of_time(time.net_seconds, rate.amount)
    needed_hours, needed_cases = _break_even(fees, rate, time)
    return MoneyFigures(
        time_value=value,
        price_advantage=advantage,
        evidence_coverage=evidence_coverage(lines),
        membership_cost=fees.cost,
        fee_months=fees.months,
        cash_discount=cash_discount,
        cash_result=cash,
        overall=None if value is None else cash + value,
        hourly_rate=rate.amount if rate else None,
        hourly_rate_source=rate.source if rate else "",
        break_even_hours=needed_hours,
        break_even_cases=needed_cases,
        break_even_sentence=break_even_sentence(fees, rate, value),
        covered_by_time_alone=None if value is None else value >= fees.cost,
    )


def break_even_sentence(fees: Fees, rate: HourlyRate | None, value: Money | None) -> str:
    """Whether the hours alone pay the fee: calculated, never fixed text."""
    if rate is None:
        return (
            "Ein Stundensatz ist nicht hinterlegt. Deshalb wird kein Gegenwert der "
            "Arbeitszeit berechnet."
        )
    cost = euro(fees.cost)
    needed = hours(rounded(hours_to_cover(fees.cost, rate.amount) * HOUR))
    start = f"Bei {euro(rate.amount)} je Stunde decken {needed} Stunden den Beitrag von {cost}."
    if value is None:
        return f"{start} Ob das erreicht ist, lässt sich für diesen Zeitraum nicht sagen."
    if value >= fees.cost:
        return f"{start} Der gemessene Zeitwert von {euro(value)} deckt den Beitrag."
    short = euro(fees.cost - value)
    return (
        f"{start} Der gemessene Zeitwert von {euro(value)} deckt den Beitrag allein nicht; "
        f"es fehlen {short}."
    )


def _break_even(fees: Fees, rate: HourlyRate | None, time: TimeBasis) -> tuple[str, str]:
    if rate is None:
        return "", ""
    needed = _tenths(hours_to_cover(fees.cost, rate.amount))
    if time.median_saved is None or time.median_saved <= 0:
        return needed, ""
    cases = cases_to_cover(fees.cost, rate.amount, Fraction(time.median_saved))
    return needed, _tenths(cases)


def _tenths(value: Fraction) -> str:
    tenths = rounded(value * 10)
    return f"{tenths // 10},{tenths % 10}"
