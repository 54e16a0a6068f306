"""The months of the report as rows of a table, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.savings.savings_report import MonthRow, Reliability, SavingsReport
from app.kernel.german import euro
from app.kernel.money import Money
from app.kernel.month import NAMES, Month
from app.savings.rules import hours

HIDDEN: Final = "–"
CENTURY: Final = 100


def short_month(month: Month) -> str:
    """`Okt 26`."""
    return f"{NAMES[month.month - 1][:3]} {month.year % CENTURY:02}"


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A row of the table under the chart, in words."""

    month: str
    orders: str
    full: str
    saved: str
    time_value: str
    price_advantage: str
    net_value: str


def month_lines(rows: Sequence[MonthRow]) -> tuple[MonthLine, ...]:
    return tuple(
        MonthLine(
            month=short_month(row.month),
            orders=str(row.orders),
            full=f"{row.full} von {row.cases}",
            saved=_saved(row),
            time_value=HIDDEN if row.time_value is None else euro(row.time_value),
            price_advantage=euro(row.price_advantage),
            net_value=euro(row.net_value),
        )
        for row in rows
    )


def _saved(row: MonthRow) -> str:
    if row.saved is None:
        return HIDDEN
    mark = "" if row.reliability is Reliability.RELIABLE else "*"
    return hours(row.saved) + mark


def year_line(report: SavingsReport) -> MonthLine:
    """The foot of that table."""
    figures, money = report.year, report.year_money
    return MonthLine(
        month="Summe",
        orders=str(figures.orders),
        full=f"{figures.full} von {figures.cases}",
        saved=HIDDEN if figures.saved is None else hours(figures.saved),
        time_value=HIDDEN if money.time_value is None else euro(money.time_value),
        price_advantage=euro(money.price_advantage),
        net_value=euro(Money.total(row.net_value for row in report.months)),
    )
