"""The council report as a spreadsheet: the arithmetic stands in it as formulas to recompute."""

from decimal import Decimal
from typing import Final

from app.documents.savings.savings_report import MoneyFigures, SavingsReport, Share, TimeFigures
from app.documents.savings.savings_report_tables import CERTAINTY, MEASURED
from app.documents.workbook import Cell, Column, Formula, Kind, Sheet, workbook
from app.kernel.german import moment

HOUR: Final = 3600
MINUTE: Final = 60
TWO_PLACES: Final = Decimal("0.01")


def savings_workbook(report: SavingsReport) -> bytes:
    """Sheets Übersicht, Rechenweg, Monate, Vorgänge and Methode."""
    return workbook(
        [_overview(report), _calculation(report), _months(report), _cases(report), _method(report)]
    )


def _overview(report: SavingsReport) -> Sheet:
    month = (*_time(report.time), *_money(report.money))
    year = (*_time(report.year), *_money(report.year_money))
    rows = tuple(
        (label, unit, value, all_)
        for (label, unit, value), (_, _, all_) in zip(month, year, strict=True)
    )
    return Sheet(
        name="Übersicht",
        title=f"{report.scope}: {report.head.title}",
        columns=(
            Column("Kennzahl", width=52),
            Column("Einheit", width=12),
            Column(report.month.german, Kind.AMOUNT, 18),
            Column(f"{report.first_month.german} bis {report.month.german}", Kind.AMOUNT, 24),
        ),
        rows=rows,
        notes=(
            report.headline,
            "Leere Zellen: keine Angabe.",
            *(("Demonstrationsdaten",) if report.demonstration else ()),
            f"Datenstand {moment(report.as_of)}",
            f"Prüfsumme der Daten {report.sha256}",
        ),
    )


def _time(figures: TimeFigures) -> tuple[tuple[str, str, Cell], ...]:
    spread, projection = figures.spread, figures.projection
    return (
        ("abgeschlossene Abrufe", "Anzahl", figures.orders),
        ("Vorgänge", "Anzahl", figures.cases),
        ("vollständig gemessene Vorgänge", "Anzahl", figures.full),
        ("Messabdeckung", "%", _percent(figures.coverage)),
        ("Portalanteil", "%", _percent(figures.portal_share)),
        ("nicht über das Portal beschafft", "Anzahl", figures.elsewhere),
        ("gemessene Zeitersparnis", "Stunden", _hours(figures.saved)),
        ("Aufwand für Stornos und Ablehnungen", "Stunden", _hours(figures.wasted)),
        ("Pflegeaufwand", "Stunden", _hours(figures.overhead)),
        ("Zeitersparnis nach Abzug", "Stunden", _hours(figures.net)),
        ("Ziel", "Stunden", _hours(figures.target)),
        ("Zielerreichung", "%", _percent(figures.target_reached)),
        ("Obergrenze, externe Zeit nicht erfasst", "Stunden", _hours(figures.upper_bound)),
        ("Dauer je Vorgang, Median", "Minuten", _minutes(spread.median if spread else None)),
        ("Hochrechnung", "Stunden", _hours(projection.seconds if projection else None)),
        ("Hochrechnung, untere Grenze", "Stunden", _hours(projection.low if projection else None)),
        ("Hochrechnung, obere Grenze", "Stunden", _hours(projection.high if projection else None)),
    )


def _money(figures: MoneyFigures) -> tuple[tuple[str, str, Cell], ...]:
    return (
        ("1 Kalkulatorischer Zeitwert, nicht kassenwirksam", "Euro", figures.time_value),
        ("2 Preisvorteil (negativ: Preisnachteil)", "Euro", figures.price_advantage),
        ("davon mit Nachweis", "%", _percent(figures.evidence_coverage)),
        ("3 Mitgliedschaftskosten", "Euro", figures.membership_cost),
        ("4 Genutztes Skonto", "Euro", figures.cash_discount),
        ("Kassenwirksames Ergebnis (2 − 3 + 4)", "Euro", figures.cash_result),
        ("Gesamtbetrachtung (kalkulatorisch)", "Euro", figures.overall),
    )


def _calculation(report: SavingsReport) -> Sheet:
    """Title in row 1, head in row 3, the first value in row 4."""
    time, money = report.time, report.money
    net = None if time.net is None else Formula("=C4-C5-C6", _hours(time.net) or 0)
    result = Formula("=C8-C9+C10", money.cash_result.decimal)
    return Sheet(
        name="Rechenweg",
        title=f"Rechenweg für {report.month.german}",
        columns=(
            Column("Schritt", width=52),
            Column("Einheit", width=12),
            Column("Wert", Kind.AMOUNT, 18),
        ),
        rows=(
            ("gemessene Zeitersparnis", "Stunden", _hours(time.saved)),
            ("− Aufwand für Stornos und Ablehnungen", "Stunden", _hours(time.wasted)),
            ("− Pflegeaufwand", "Stunden", _hours(time.overhead)),
            ("= Zeitersparnis nach Abzug", "Stunden", net),
            ("Preisvorteil", "Euro", money.price_advantage),
            ("− Mitgliedschaftskosten", "Euro", money.membership_cost),
            ("+ genutztes Skonto", "Euro", money.cash_discount),
            ("= Kassenwirksames Ergebnis", "Euro", result),
        ),
        notes=("Stunden sind auf zwei Stellen gerundet; der Bericht rechnet mit Sekunden.",),
    )


def _months(report: SavingsReport) -> Sheet:
    return Sheet(
        name="Monate",
        columns=(
            Column("Monat", width=12),
            Column("Abrufe", Kind.WHOLE, 10),
            Column("Vorgänge", Kind.WHOLE, 10),
            Column("gemessen", Kind.WHOLE, 10),
            Column("gemessene Stunden", Kind.AMOUNT, 18),
            Column("Preisvorteil", Kind.EURO, 16),
            Column("Wert netto", Kind.EURO, 16),
            Column("Aussage", width=18),
        ),
        rows=tuple(
            (
                row.month.text,
                row.orders,
                row.cases,
                row.full,
                _hours(row.saved),
                row.price_advantage,
                row.net_value,
                CERTAINTY[row.reliability],
            )
            for row in report.months
        ),
    )


def _cases(report: SavingsReport) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for line, case in enumerate(report.cases, start=2):
        saved = None
        if case.saved is not None:
            saved = Formula(f"=D{line}-E{line}-F{line}", _minutes(case.saved) or 0)
        rows.append(
            (
                case.position,
                case.completed_on,
                case.orders,
                _minutes(case.baseline),
                _minutes(case.portal),
                _minutes(case.outside),
                saved,
                MEASURED.get(case.status, case.status),
            )
        )
    return Sheet(
        name="Vorgänge",
        columns=(
            Column("Nr.", Kind.WHOLE, 6),
            Column("abgeschlossen", Kind.DAY, 15),
            Column("Abrufe", Kind.WHOLE, 9),
            Column("Vergleichswert (Min.)", Kind.AMOUNT, 20),
            Column("im Portal (Min.)", Kind.AMOUNT, 16),
            Column("außerhalb (Min.)", Kind.AMOUNT, 16),
            Column("gespart (Min.)", Kind.AMOUNT, 16),
            Column("Art der Angabe", width=40),
        ),
        rows=tuple(rows),
        notes=("Ohne Namen und Abrufnummern. Nur vollständig gemessene Vorgänge zählen.",),
    )


def _method(report: SavingsReport) -> Sheet:
    return Sheet(
        name="Methode",
        columns=(Column("Nr.", Kind.WHOLE, 6), Column("So wird gerechnet", width=140)),
        rows=tuple((place, text) for place, text in enumerate(report.method, start=1)),
    )


def _hours(seconds: int | None) -> Decimal | None:
    return None if seconds is None else (Decimal(seconds) / HOUR).quantize(TWO_PLACES)


def _minutes(seconds: int | None) -> Decimal | None:
    return None if seconds is None else (Decimal(seconds) / MINUTE).quantize(TWO_PLACES)


def _percent(share: Share | None) -> Decimal | None:
    if share is None or share.permille is None:
        return None
    return Decimal(share.permille) / 10
