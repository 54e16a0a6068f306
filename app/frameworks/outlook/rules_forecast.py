"""When a ceiling will be exhausted: linear over the last 13 weeks, with an interval. Pure.

The use of a week varies with mean m and deviation s over n weeks. After t further weeks the use
lies between m·t ± k·s·√(t + t²/n): chance of the coming weeks and uncertainty of the mean. Where
this band meets what is left are the earliest and the latest day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Final

from app.kernel.month import months_after

WEEK: Final = 7
MOST_WEEKS: Final = 13  # 91 days; the rule book says 90
FEWEST_WEEKS: Final = 8
FEWEST_ORDERS: Final = 8
FEWEST_ACTIVE_WEEKS: Final = 4
FARTHEST: Final = 36_500  # days; beyond it nobody is helped by a date
# Two-sided 95 % of Student's distribution by degrees of freedom, n - 1 weeks.
STUDENT: Final = {
    7: Decimal("2.365"),
    8: Decimal("2.306"),
    9: Decimal("2.262"),
    10: Decimal("2.228"),
    11: Decimal("2.201"),
    12: Decimal("2.179"),
}


class State(StrEnum):
    """What can be said about a ceiling."""

    USED_UP = "used_up"
    THIN = "thin"
    IDLE = "idle"
    LASTS = "lasts"
    RUNS_OUT = "runs_out"


@dataclass(frozen=True, slots=True)
class Use:
    """What draws took on a day (cents or pieces); negative is what came back.

    `orders` of them took something; one that stands alone says so by its amount.
    """

    day: date
    amount: int
    orders: int | None = None

    @property
    def taking(self) -> int:
        return int(self.amount > 0) if self.orders is None else self.orders


@dataclass(frozen=True, slots=True)
class Question:
    """What is left, since when the use is on record, and the term of the agreement."""

    left: int
    recorded_since: date
    ends: date
    tender_months: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`earliest` and `latest` bound `exhausted_on`; no `latest` means: it may also last.

    `per_week` is rounded; `by_end` is what will be drawn more until the term ends.
    """

    state: State
    begin_tender_by: date
    weeks: int = 0
    orders: int = 0
    per_week: int = 0
    by_end: int = 0
    exhausted_on: date | None = None
    earliest: date | None = None
    latest: date | None = None

    def alarm(self, today: date) -> bool:
        """A new tender has to begin now, or should have begun."""
        return today >= self.begin_tender_by

    def risky(self, ends: date) -> bool:
        """It lasts on average, but the earliest day lies within the term."""
        return self.state is State.LASTS and self.earliest is not None and self.earliest <= ends


def forecast(uses: Sequence[Use], asked: Question, today: date) -> Forecast:
    """Honest where data is thin: then there is no date but the end of the term."""
    by_term = months_after(asked.ends + timedelta(days=1), -asked.tender_months)
    if asked.left <= 0:
        return Forecast(State.USED_UP, months_after(today, -asked.tender_months))
    weeks = min(MOST_WEEKS, (today - asked.recorded_since).days // WEEK)
    recent = [one for one in uses if 0 <= (today - one.day).days < weeks * WEEK]
    sums = [0] * weeks
    for one in recent:
        sums[(today - one.day).days // WEEK] += one.amount
    orders = sum(one.taking for one in recent)
    if not sums or _is_thin(sums, orders):
        state = State.IDLE if weeks >= FEWEST_WEEKS and not any(sums) else State.THIN
        return Forecast(state, by_term, weeks, orders)
    total = sum(sums)
    if total <= 0:
        return Forecast(State.IDLE, by_term, weeks, orders)
    per_week = (2 * total + weeks) // (2 * weeks)
    by_end = total * max((asked.ends - today).days, 0) // (weeks * WEEK)
    exhausted_on = _day_after(today, -(-WEEK * weeks * asked.left // total))
    earliest, latest = _interval(sums, asked.left)
    runs_out = exhausted_on is not None and exhausted_on <= asked.ends
    by_use = by_term if exhausted_on is None else months_after(exhausted_on, -asked.tender_months)
    return Forecast(
        state=State.RUNS_OUT if runs_out else State.LASTS,
        begin_tender_by=min(by_term, by_use),
        weeks=weeks,
        orders=orders,
        per_week=per_week,
        by_end=by_end,
        exhausted_on=exhausted_on,
        earliest=_day_after(today, earliest),
        latest=None if latest is None else _day_after(today, latest),
    )


def _is_thin(sums: Sequence[int], orders: int) -> bool:
    active = sum(amount != 0 for amount in sums)
    return len(sums) < FEWEST_WEEKS or orders < FEWEST_ORDERS or active < FEWEST_ACTIVE_WEEKS


def _interval(sums: Sequence[int], left: int) -> tuple[int, int | None]:
    """Days until the band meets what is left: (left - m·t)² = k²·s²·(t + t²/n), solved for t."""
    with localcontext() as context:
        context.prec = 60
        n = Decimal(len(sums))
        mean = sum(sums) / n
        variance = sum((amount - mean) ** 2 for amount in sums) / (n - 1)
        spread = STUDENT[len(sums) - 1] ** 2 * variance
        a = mean**2 - spread / n
        b = 2 * mean * left + spread
        root = max(b * b - 4 * a * Decimal(left) ** 2, Decimal(0)).sqrt()
        earliest = 2 * Decimal(left) ** 2 / (b + root)
        latest = None if a <= 0 else (b + root) / (2 * a)
        return int(earliest * WEEK), None if latest is None else int(latest * WEEK) + 1


def _day_after(day: date, days: int) -> date | None:
    return day + timedelta(days=days) if days <= FARTHEST else None
