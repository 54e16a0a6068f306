"""The tables of the council report; a figure that is not known reads 'keine Angabe'."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm

from app.documents.savings.savings_chart import hours
from app.documents.savings.savings_report import (
    CaseRow,
    LotRow,
    MoneyFigures,
    MonthRow,
    Named,
    Reliability,
    SavingsReport,
    TimeFigures,
)
from app.documents.sheet.letterhead import WIDTH
from app.documents.sheet.text import CELL, COLUMN, FIGURE, FIGURE_COLUMN, FIGURE_SMALL, P, table
from app.kernel.german import day, euro, number
from app.kernel.money import Money
from app.kernel.month import Month

MINUTE: Final = 60
UNKNOWN: Final = "keine Angabe"
MEASURED: Final = {
    "full": "gemessen",
    "portal_only": "Obergrenze, externe Zeit nicht erfasst",
    "none": "nicht gemessen",
}
CERTAINTY: Final = {
    Reliability.RELIABLE: "belastbar",
    Reliability.NOT_RELIABLE: "nicht belastbar",
    Reliability.SUPPRESSED: "unterdrückt",
}
PERIODS: Final = (WIDTH - 76 * mm, 38 * mm, 38 * mm)


def time_table(report: SavingsReport) -> Any:
    month, year = _times(report.time), _times(report.year)
    rows = [(label, value, year[label]) for label, value in month.items()]
    return _periods("Zeit", report, rows)


def _times(figures: TimeFigures) -> dict[str, str]:
    spread = figures.spread
    return {
        "abgeschlossene Abrufe": number(figures.orders),
        "Vorgänge": number(figures.cases),
        "Messabdeckung": figures.coverage.german,
        "Portalanteil": figures.portal_share.german,
        "nicht über das Portal beschafft": number(figures.elsewhere),
        "gemessene Zeitersparnis": _hours(figures.saved),
        "Aufwand für Stornos und Ablehnungen": _hours(figures.wasted),
        "Pflegeaufwand": _hours(figures.overhead),
        "Zeitersparnis nach Abzug": _hours(figures.net),
        "Ziel": _hours(figures.target),
        "Zielerreichung": figures.target_reached.german if figures.target_reached else UNKNOWN,
        "Obergrenze, externe Zeit nicht erfasst": _hours(figures.upper_bound),
        "Dauer je Vorgang, unteres Quartil": _minutes(spread.lower_quartile if spread else None),
        "Dauer je Vorgang, Median": _minutes(spread.median if spread else None),
        "Dauer je Vorgang, oberes Quartil": _minutes(spread.upper_quartile if spread else None),
        "Dauer je Vorgang, 90-%-Wert": _minutes(spread.ninth_decile if spread else None),
        "Anteil länger als früher": figures.negative.german if figures.negative else UNKNOWN,
        "Hochrechnung (95-%-Bereich)": _projection(figures),
    }


def _projection(figures: TimeFigures) -> str:
    found = figures.projection
    if found is None:
        return UNKNOWN
    return f"{hours(found.seconds)} ({hours(found.low)} bis {hours(found.high)}) Std."


def money_table(report: SavingsReport) -> Any:
    month, year = _money(report.money), _money(report.year_money)
    rows = [(label, value, year[label]) for label, value in month.items()]
    return _periods("Geld", report, rows)


def _money(figures: MoneyFigures) -> dict[str, str]:
    return {
        "1 Kalkulatorischer Zeitwert, nicht kassenwirksam": _euro(figures.time_value),
        "2 Preisvorteil (negativ: Preisnachteil)": euro(figures.price_advantage),
        "   davon mit Nachweis": figures.evidence_coverage.german,
        "3 Mitgliedschaftskosten": euro(figures.membership_cost),
        "4 Genutztes Skonto": euro(figures.cash_discount),
        "Kassenwirksames Ergebnis (2 − 3 + 4)": euro(figures.cash_result),
        "Gesamtbetrachtung (kalkulatorisch)": _euro(figures.overall),
        "Stundensatz": _euro(figures.hourly_rate),
    }


def _periods(title: str, report: SavingsReport, rows: Sequence[tuple[str, str, str]]) -> Any:
    year = f"{_short(report.first_month)} bis {_short(report.month)}"
    head = [P(title, COLUMN), P(report.month.german, FIGURE_COLUMN), P(year, FIGURE_COLUMN)]
    written = [[P(label, CELL), P(one, FIGURE), P(all_, FIGURE)] for label, one, all_ in rows]
    return table(head, written, PERIODS)


def _short(month: Month) -> str:
    return f"{month.month:02}/{month.year}"


def calculation_table(report: SavingsReport) -> Any:
    """The way from measured hours to the net, and from the price advantage to the result."""
    time, money = report.time, report.money
    rows = (
        ("gemessene Zeitersparnis der vollständig gemessenen Vorgänge", _hours(time.saved)),
        ("− Aufwand für stornierte und abgelehnte Abrufe", _hours(time.wasted)),
        ("− Pflegeaufwand", _hours(time.overhead)),
        ("= Zeitersparnis nach Abzug", _hours(time.net)),
        ("Preisvorteil", euro(money.price_advantage)),
        (f"− Mitgliedschaftskosten ({money.fee_months} Monate)", euro(money.membership_cost)),
        ("+ genutztes Skonto", euro(money.cash_discount)),
        ("= Kassenwirksames Ergebnis", euro(money.cash_result)),
    )
    head = [P("Schritt", COLUMN), P(report.month.german, FIGURE_COLUMN)]
    widths = (WIDTH - 50 * mm, 50 * mm)
    return table(head, [[P(step, CELL), P(value, FIGURE)] for step, value in rows], widths)


def named_table(title: str, rows: Sequence[Named]) -> Any | None:
    if not rows:
        return None
    head = [P(title, COLUMN), P("Abrufe", FIGURE_COLUMN), P("Wert netto", FIGURE_COLUMN)]
    written = [
        [P(row.name, CELL), P(number(row.count), FIGURE), P(euro(row.net), FIGURE)] for row in rows
    ]
    return table(head, written, (WIDTH - 55 * mm, 20 * mm, 35 * mm))


def lot_table(rows: Sequence[LotRow]) -> Any | None:
    if not rows:
        return None
    titles = ("Höchstwert", "abgerufen", "vorgemerkt", "verbleibend")
    head = [
        P("Rahmenvertrag und Los", COLUMN),
        P("bis", COLUMN),
        *(P(title, FIGURE_COLUMN) for title in titles),
    ]
    written = [
        [
            [P(row.framework, CELL), P(row.lot, CELL)],
            P(day(row.valid_to) if row.valid_to else "–", CELL),
            *(
                P(euro(amount), FIGURE_SMALL)
                for amount in (row.maximum, row.called_off, row.reserved, row.remaining)
            ),
        ]
        for row in rows
    ]
    return table(head, written, (WIDTH - 118 * mm, 20 * mm, *[24.5 * mm] * 4))


def month_table(rows: Sequence[MonthRow]) -> Any:
    titles = ("Abrufe", "Vorgänge", "gemessen", "Stunden", "Preisvorteil", "Wert netto")
    head = [
        P("Monat", COLUMN),
        *(P(title, FIGURE_COLUMN) for title in titles),
        P("Aussage", COLUMN),
    ]
    written = [
        [
            P(row.month.german, CELL),
            P(number(row.orders), FIGURE),
            P(number(row.cases), FIGURE),
            P(number(row.full), FIGURE),
            P("k. A." if row.saved is None else hours(row.saved), FIGURE),
            P(euro(row.price_advantage), FIGURE),
            P(euro(row.net_value), FIGURE),
            P(CERTAINTY[row.reliability], CELL),
        ]
        for row in rows
    ]
    widths = (27 * mm, 14 * mm, 17 * mm, 18 * mm, 16 * mm, 23 * mm, 25 * mm, WIDTH - 140 * mm)
    return table(head, written, widths)


def case_table(rows: Sequence[CaseRow]) -> Any | None:
    if not rows:
        return None
    titles = ("früher", "im Portal", "außerhalb", "gespart")
    head = [
        P("Nr.", COLUMN),
        P("abgeschlossen", COLUMN),
        P("Abrufe", FIGURE_COLUMN),
        *(P(title, FIGURE_COLUMN) for title in titles),
        P("Art der Angabe", COLUMN),
    ]
    written = [
        [
            P(str(row.position), CELL),
            P(day(row.completed_on), CELL),
            P(number(row.orders), FIGURE),
            *(
                P(_minutes(seconds, "–"), FIGURE)
                for seconds in (row.baseline, row.portal, row.outside, row.saved)
            ),
            P(MEASURED.get(row.status, row.status), CELL),
        ]
        for row in rows
    ]
    widths = (10 * mm, 24 * mm, 14 * mm, *[20 * mm] * 4, WIDTH - 128 * mm)
    return table(head, written, widths)


def _hours(seconds: int | None) -> str:
    return UNKNOWN if seconds is None else f"{hours(seconds)} Std."


def _minutes(seconds: int | None, otherwise: str = UNKNOWN) -> str:
    """Whole minutes and seconds, as the page shows them."""
    if seconds is None:
        return otherwise
    sign = "−" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // MINUTE}:{abs(seconds) % MINUTE:02} Min."


def _euro(amount: Money | None) -> str:
    return UNKNOWN if amount is None else euro(amount)
