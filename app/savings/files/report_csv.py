"""The report as one long table: area, figure, period, value, unit."""

from collections.abc import Iterator

from app.documents.delimited import csv_bytes
from app.documents.savings.savings_report import (
    MoneyFigures,
    MonthRow,
    Projection,
    SavingsReport,
    Share,
    Spread,
    TimeFigures,
)
from app.kernel.money import Money

HEADER = ("Bereich", "Kennzahl", "Zeitraum", "Wert", "Einheit")
SECONDS, CENTS = "Sekunden", "EUR"
Row = tuple[str, str, str, str, str]


def report_csv(report: SavingsReport) -> bytes:
    """Values with a point and ISO dates; a hidden value is an empty cell."""
    return csv_bytes(HEADER, list(_rows(report)))


def _rows(report: SavingsReport) -> Iterator[Row]:
    month = report.month.text
    year = f"{report.first_month.text}/{month}"
    yield "Kopf", "Titel", month, report.head.title, ""
    yield "Kopf", "Mitglied", month, report.scope, ""
    yield "Kopf", "Aussage", month, report.headline, ""
    yield "Kopf", "Demonstrationsdaten", month, "ja" if report.demonstration else "nein", ""
    yield "Kopf", "Datenstand", month, report.as_of.isoformat(timespec="seconds"), "UTC"
    yield "Kopf", "SHA-256", month, report.sha256, ""
    yield from _time("Zeit", report.time, month)
    yield from _time("Zeit", report.year, year)
    yield from _money("Geld", report.money, month)
    yield from _money("Geld", report.year_money, year)
    yield "Geld", "Abgerechnet netto", month, report.net_value.text, CENTS
    yield "Geld", "Abgerechnet brutto", month, report.gross_value.text, CENTS
    yield "Gütezeichen", "Anteil am gelieferten Wert", month, report.labelled.percent, "Prozent"
    for label in report.labels:
        yield "Gütezeichen", label.name, month, label.net.text, CENTS
    for row in report.months:
        yield from _month(row)
    for case in report.cases:
        day = case.completed_on.isoformat()
        name = f"Vorgang {case.position}"
        yield name, "Vergleichswert", day, str(case.baseline), SECONDS
        yield name, "Portalzeit", day, _whole(case.portal), SECONDS
        yield name, "Zeit außerhalb", day, _whole(case.outside), SECONDS
        yield name, "Messung", day, case.status, ""
        yield name, "Gespart", day, _whole(case.saved), SECONDS


def _time(area: str, figures: TimeFigures, period: str) -> Iterator[Row]:
    counts = {
        "Abgeschlossene Abrufe": figures.orders,
        "Abgeschlossene Vorgänge": figures.cases,
        "Vollständig gemessen": figures.full,
        "Nur Portalzeit": figures.portal_only,
        "Nicht gemessen": figures.unmeasured,
        "Laufend": figures.running,
        "Storniert": figures.cancelled,
        "Abgelehnt": figures.rejected,
        "Nicht über das Portal beschafft (gemeldete Bedarfe)": figures.elsewhere,
    }
    for name, count in counts.items():
        yield area, name, period, str(count), "Anzahl"
    yield area, "Messabdeckung", period, figures.coverage.percent, "Prozent"
    yield area, "Portalanteil", period, figures.portal_share.percent, "Prozent"
    seconds: dict[str, int | None] = {
        "Gemessene Zeitersparnis": figures.saved,
        "Obergrenze, externe Zeit nicht erfasst": figures.upper_bound,
        "Aufwand stornierter und abgelehnter Abrufe": figures.wasted,
        "Pflegeaufwand": figures.overhead,
        "Zeitersparnis netto": figures.net,
        "Ziel": figures.target,
        "Gespart je Vorgang (Median)": figures.median_saved,
        **_spread(figures.spread),
        **_projection(figures.projection),
    }
    for name, value in seconds.items():
        yield area, name, period, _whole(value), SECONDS
    yield area, "Zielerreichung", period, _percent(figures.target_reached), "Prozent"
    yield area, "Anteil negativer Vorgänge", period, _percent(figures.negative), "Prozent"
    yield area, "Lieferzeit (Median)", period, _whole(figures.lead_days), "Kalendertage"


def _spread(spread: Spread | None) -> dict[str, int | None]:
    return {
        "Dauer je Vorgang (unteres Quartil)": spread.lower_quartile if spread else None,
        "Dauer je Vorgang (Median)": spread.median if spread else None,
        "Dauer je Vorgang (oberes Quartil)": spread.upper_quartile if spread else None,
        "Dauer je Vorgang (90-%-Wert)": spread.ninth_decile if spread else None,
    }


def _projection(projection: Projection | None) -> dict[str, int | None]:
    return {
        "Hochrechnung": projection.seconds if projection else None,
        "Hochrechnung, untere Grenze 95 %": projection.low if projection else None,
        "Hochrechnung, obere Grenze 95 %": projection.high if projection else None,
    }


def _money(area: str, figures: MoneyFigures, period: str) -> Iterator[Row]:
    amounts = {
        "1 Kalkulatorischer Zeitwert (nicht kassenwirksam)": figures.time_value,
        "2 Preisvorteil": figures.price_advantage,
        "3 Mitgliedschaftskosten": figures.membership_cost,
        "4 Genutztes Skonto": figures.cash_discount,
        "Kassenwirksames Ergebnis": figures.cash_result,
        "Gesamtbetrachtung (kalkulatorisch)": figures.overall,
        "Stundensatz": figures.hourly_rate,
    }
    for name, amount in amounts.items():
        yield area, name, period, _amount(amount), CENTS
    yield area, "Nachweisquote", period, figures.evidence_coverage.percent, "Prozent"
    yield area, "Quelle des Stundensatzes", period, figures.hourly_rate_source, ""


def _month(row: MonthRow) -> Iterator[Row]:
    period = row.month.text
    yield "Monate", "Abgeschlossene Abrufe", period, str(row.orders), "Anzahl"
    yield "Monate", "Abgeschlossene Vorgänge", period, str(row.cases), "Anzahl"
    yield "Monate", "Vollständig gemessen", period, str(row.full), "Anzahl"
    yield "Monate", "Gemessene Zeitersparnis", period, _whole(row.saved), SECONDS
    yield "Monate", "Kalkulatorischer Zeitwert", period, _amount(row.time_value), CENTS
    yield "Monate", "Preisvorteil", period, row.price_advantage.text, CENTS
    yield "Monate", "Abgerechnet netto", period, row.net_value.text, CENTS
    yield "Monate", "Aussagekraft", period, row.reliability.value, ""


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _amount(value: Money | None) -> str:
    return "" if value is None else value.text


def _percent(value: Share | None) -> str:
    return "" if value is None else value.percent
