"""What the report's page shows, ready for the template: the same words as in every file."""

from dataclasses import dataclass
from typing import Final

from app.documents.savings.savings_report import (
    MoneyFigures,
    MonthRow,
    Reliability,
    SavingsReport,
    TimeFigures,
)
from app.kernel.german import euro
from app.kernel.money import Money
from app.savings.report_months import HIDDEN, month_lines, short_month, year_line
from app.savings.rules import HOUR, hours, minutes
from app.savings.wording import NOT_RELIABLE, case_minutes
from app.web.bar_chart import Bar, BarChart

SCALE: Final = 10  # bars in tenths of an hour


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


def time_lines(figures: TimeFigures) -> tuple[Line, ...]:
    """Section 6.3 of the model, line by line."""
    lines = [
        Line(
            "Vollständig gemessene Vorgänge",
            f"{figures.full} von {figures.cases}",
            "Portalzeit gemessen und Zeit außerhalb bestätigt",
        ),
        Line("Messabdeckung", figures.coverage.german),
        Line(
            "Nicht über das Portal beschafft",
            f"{figures.elsewhere}",
            "gemeldete Bedarfe; sie zählen nie als gespart",
        ),
        Line("Gemessene Zeitersparnis", _hours(figures.saved)),
        Line(
            "− Aufwand stornierter und abgelehnter Abrufe",
            _wasted(figures),
            "unter der Mindestzahl nicht gezeigt, aber in netto abgezogen",
        ),
        Line("− Pflegeaufwand", _hours(figures.overhead), "Stammdaten, Schulung, Abstimmung"),
        Line("Zeitersparnis netto", _hours(figures.net), strong=True),
        *_goal(figures),
        *_distribution(figures),
    ]
    if figures.portal_only:
        note = "externe Zeit nicht erfasst; nicht eingerechnet"
        bound = f"{figures.portal_only} Vorgänge: {_hours(figures.upper_bound)}"
        lines.append(Line("Obergrenze der nicht voll gemessenen", bound, note))
    return tuple(lines)


def _goal(figures: TimeFigures) -> tuple[Line, ...]:
    if not figures.target:
        return ()
    reached = figures.target_reached.german if figures.target_reached else HIDDEN
    return (
        Line("Ziel", f"{hours(figures.target)} h", "Erwartung des Beschlusses, keine Messung"),
        Line("Zielerreichung (netto)", reached),
        Line(
            "Portalanteil",
            figures.portal_share.german,
            "abgeschlossene Abrufe der erwarteten Beschaffungen",
        ),
    )


def _distribution(figures: TimeFigures) -> tuple[Line, ...]:
    if figures.spread is None or figures.negative is None or figures.projection is None:
        return ()
    spread, projected = figures.spread, figures.projection
    places = " / ".join(
        minutes(place)
        for place in (
            spread.lower_quartile,
            spread.median,
            spread.upper_quartile,
            spread.ninth_decile,
        )
    )
    return (
        Line(
            "Minuten je Vorgang",
            places,
            "unteres Quartil / Median / oberes Quartil / 90-%-Wert",
        ),
        Line("Vorgänge über dem Vergleichswert", figures.negative.german),
        Line(
            "Hochrechnung auf alle Vorgänge",
            f"{hours(projected.seconds)} h ({hours(projected.low)} bis {hours(projected.high)})",
            "Median × abgeschlossene Vorgänge, mit 95-%-Bereich",
        ),
    )


def _hours(seconds: int | None) -> str:
    return HIDDEN if seconds is None else f"{hours(seconds)} h"


def _wasted(figures: TimeFigures) -> str:
    return HIDDEN if figures.wasted is None else _hours(figures.wasted)


def money_lines(figures: MoneyFigures) -> tuple[Line, ...]:
    """The four numbers and the two results."""
    rate = "kein Stundensatz hinterlegt"
    if figures.hourly_rate is not None:
        rate = f"{euro(figures.hourly_rate)} je Stunde ({figures.hourly_rate_source})"
    return (
        Line(
            "1 Kalkulatorischer Zeitwert", _euro(figures.time_value), f"nicht kassenwirksam; {rate}"
        ),
        Line(
            "2 Preisvorteil",
            euro(figures.price_advantage),
            "Marktpreis − Festpreis, nur mit Nachweis; ein Preisnachteil ist negativ",
        ),
        Line("Nachweisquote zu 2", figures.evidence_coverage.german, "Anteil am Nettowert"),
        Line(
            "3 Mitgliedschaftskosten",
            euro(figures.membership_cost),
            "Beitrag; die Einlage wird bei Austritt zurückgezahlt und ist keine Ausgabe",
        ),
        Line("4 Genutztes Skonto", euro(figures.cash_discount)),
        Line("Kassenwirksames Ergebnis (2 − 3 + 4)", euro(figures.cash_result), strong=True),
        Line(
            "Gesamtbetrachtung (kalkulatorisch)",
            _euro(figures.overall),
            "Kassenwirksames Ergebnis und nicht kassenwirksamer Zeitwert zusammen",
            strong=True,
        ),
    )


def _euro(amount: Money | None) -> str:
    return HIDDEN if amount is None else euro(amount)


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
