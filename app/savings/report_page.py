"""What the report's page shows, ready for the template: the same words as in every file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.savings_report import (
    MoneyFigures,
    MonthRow,
    Reliability,
    SavingsReport,
    TimeFigures,
)
from app.kernel.german import euro, number
from app.kernel.money import Money
from app.kernel.month import NAMES, Month
from app.savings.rules import HOUR, hours, minutes
from app.savings.wording import NOT_RELIABLE, case_minutes
from app.web.bar_chart import Bar, BarChart

HIDDEN: Final = "–"
SCALE: Final = 10  # bars in tenths of an hour
PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the four key figures."""

    value: str
    label: str
    note: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A named value; `strong` for results."""

    name: str
    value: str
    note: str = ""
    strong: bool = False


def short_month(month: Month) -> str:
    """`Okt 26`."""
    return f"{NAMES[month.month - 1][:3]} {month.year % PERCENT:02}"


def tiles(report: SavingsReport) -> tuple[Tile, ...]:
    """Hours, prices, call-offs and duration of the month."""
    return (
        _hours_tile(report),
        _price_tile(report.money),
        _orders_tile(report),
        _duration_tile(report),
    )


def _hours_tile(report: SavingsReport) -> Tile:
    figures = report.time
    label = "gemessene Zeitersparnis"
    if figures.reliability is not Reliability.RELIABLE or figures.saved is None:
        return Tile(HIDDEN, label, NOT_RELIABLE)
    note = f"Messabdeckung {figures.coverage.german}"
    if figures.target:
        note += f" · Ziel {hours(figures.target)} h im Monat"
    kind = "bad" if figures.saved < 0 else "ok"
    return Tile(f"{hours(figures.saved)} h", label, note, kind)


def _price_tile(figures: MoneyFigures) -> Tile:
    below = figures.price_advantage < Money(0)
    label = "über Marktpreis eingekauft" if below else "unter Marktpreis eingekauft"
    amount = -figures.price_advantage if below else figures.price_advantage
    note = f"Nachweise für {figures.evidence_coverage.german} des Nettowerts"
    return Tile(euro(amount), label, note, "bad" if below else "")


def _orders_tile(report: SavingsReport) -> Tile:
    note = f"{report.time.cases} Vorgänge"
    if report.year.portal_share.whole:
        expected = report.year.portal_share.whole // 12
        note = (
            f"Portalanteil {report.year.portal_share.german} von rund {expected} im Jahr "
            f"({report.year.orders} in zwölf Monaten)"
        )
    return Tile(str(report.time.orders), "abgeschlossene Abrufe", note)


def _duration_tile(report: SavingsReport) -> Tile:
    label = "Minuten je Vorgang (Median)"
    if report.time.spread is None:
        return Tile(HIDDEN, label, "unter der Mindestzahl, nicht gezeigt")
    note = "im Portal und außerhalb · Vergleichswert: Angabe der Verwaltung, geschätzt"
    return Tile(minutes(report.time.spread.median), label, note)


def chart(report: SavingsReport) -> BarChart:
    """Twelve months of measured hours with the target line."""
    shown = [row for row in report.months if row.saved is not None]
    text = "Säulendiagramm mit zwölf Monaten. Alle Werte stehen in der Tabelle darunter."
    if shown:
        highest = max(shown, key=lambda row: row.saved or 0)
        lowest = min(shown, key=lambda row: row.saved or 0)
        text = (
            f"Säulendiagramm mit zwölf Monaten. Höchster Wert {hours(highest.saved or 0)} "
            f"Stunden ({highest.month.german}), niedrigster {hours(lowest.saved or 0)} Stunden "
            f"({lowest.month.german}). Alle Werte stehen in der Tabelle darunter."
        )
    target = report.year.target // 12
    return BarChart(
        title="Gemessene Zeitersparnis in Stunden je Monat",
        description=text,
        bars=tuple(_bar(row) for row in report.months),
        target=_tenths(target) if target else None,
        target_text=f"Ziel {hours(target)} h",
        scale=SCALE,
    )


def _bar(row: MonthRow) -> Bar:
    reliable = row.reliability is Reliability.RELIABLE and row.saved is not None
    if not reliable or row.saved is None:
        return Bar(short_month(row.month), 0, HIDDEN, reliable=False)
    return Bar(short_month(row.month), _tenths(row.saved), hours(row.saved))


def _tenths(seconds: int) -> int:
    sign = -1 if seconds < 0 else 1
    return sign * ((abs(seconds) * SCALE + HOUR // 2) // HOUR)


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
            month=row.month.german,
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
        month="Zwölf Monate",
        orders=str(figures.orders),
        full=f"{figures.full} von {figures.cases}",
        saved=HIDDEN if figures.saved is None else hours(figures.saved),
        time_value=HIDDEN if money.time_value is None else euro(money.time_value),
        price_advantage=euro(money.price_advantage),
        net_value=euro(Money.total(row.net_value for row in report.months)),
    )


def time_lines(figures: TimeFigures) -> tuple[Line, ...]:
    """Section 6.3 of the model, line by line."""
    lines = [
        Line("Gemessene Zeitersparnis", _hours(figures.saved), f"{figures.full} Vorgänge"),
        Line("− Aufwand stornierter und abgelehnter Abrufe", _wasted(figures)),
        Line("− Pflegeaufwand (Stammdaten, Schulung)", _hours(figures.overhead)),
        Line("Zeitersparnis netto", _hours(figures.net), strong=True),
    ]
    if figures.target:
        reached = figures.target_reached.german if figures.target_reached else HIDDEN
        lines.append(Line("Zielerreichung", reached, f"Ziel {hours(figures.target)} h"))
    lines.append(Line("Messabdeckung", figures.coverage.german))
    if figures.portal_share.whole:
        lines.append(Line("Portalanteil", figures.portal_share.german))
    if figures.portal_only:
        lines.append(
            Line(
                "Obergrenze, externe Zeit nicht erfasst",
                _hours(figures.upper_bound),
                f"{figures.portal_only} Vorgänge, nicht eingerechnet",
            )
        )
    return (*lines, *_distribution(figures))


def _distribution(figures: TimeFigures) -> tuple[Line, ...]:
    if figures.spread is None:
        return ()
    spread = figures.spread
    lines = [
        Line(
            "Dauer je Vorgang: Quartile, 90-%-Wert",
            f"{minutes(spread.lower_quartile)} / {minutes(spread.median)} / "
            f"{minutes(spread.upper_quartile)}, {minutes(spread.ninth_decile)} min",
        )
    ]
    if figures.negative is not None:
        lines.append(Line("Vorgänge über dem Vergleichswert", figures.negative.german))
    if figures.projection is not None:
        projected = figures.projection
        lines.append(
            Line(
                "Hochrechnung auf alle Vorgänge",
                f"{hours(projected.seconds)} h",
                f"95-%-Bereich {hours(projected.low)} bis {hours(projected.high)} h",
            )
        )
    return tuple(lines)


def _hours(seconds: int | None) -> str:
    return HIDDEN if seconds is None else f"{hours(seconds)} h"


def _wasted(figures: TimeFigures) -> str:
    if figures.wasted is not None:
        return _hours(figures.wasted)
    return "unter der Mindestzahl, in netto enthalten"


def money_lines(figures: MoneyFigures) -> tuple[Line, ...]:
    """The four numbers and the two results."""
    rate = "kein Stundensatz hinterlegt"
    if figures.hourly_rate is not None:
        rate = f"{euro(figures.hourly_rate)} je Stunde ({figures.hourly_rate_source})"
    lines = [
        Line(
            "1 Kalkulatorischer Zeitwert",
            HIDDEN if figures.time_value is None else euro(figures.time_value),
            f"nicht kassenwirksam; {rate}",
        ),
        Line(
            "2 Preisvorteil (negativ: Preisnachteil)",
            euro(figures.price_advantage),
            f"Nachweise für {figures.evidence_coverage.german} des Nettowerts",
        ),
        Line(
            "3 Mitgliedschaftskosten",
            euro(figures.membership_cost),
            f"{number(figures.fee_months)} Beitragsmonate",
        ),
        Line("4 Genutztes Skonto", euro(figures.cash_discount)),
        Line(
            "Kassenwirksames Ergebnis (2 − 3 + 4)",
            euro(figures.cash_result),
            strong=True,
        ),
        Line(
            "Gesamtbetrachtung (kalkulatorisch)",
            HIDDEN if figures.overall is None else euro(figures.overall),
            "mit 1, also einschließlich nicht kassenwirksamer Zeit",
            strong=True,
        ),
    ]
    return tuple(lines)


def page_of(report: SavingsReport) -> dict[str, object]:
    """Context of the page and of the standalone file."""
    return {
        "report": report,
        "tiles": tiles(report),
        "chart": chart(report),
        "months": month_lines(report.months),
        "year_line": year_line(report),
        "time_lines": time_lines(report.time),
        "year_time_lines": time_lines(report.year),
        "money_lines": money_lines(report.money),
        "year_money_lines": money_lines(report.year_money),
        "unreliable": any(
            row.saved is not None and row.reliability is not Reliability.RELIABLE
            for row in report.months
        ),
        "case_minutes": case_minutes,
    }
