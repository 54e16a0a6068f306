"""The sentences of the report: for lay readers, and never more than the figures carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.documents.savings.savings_report import (
    LotRow,
    MoneyFigures,
    Named,
    Reliability,
    Section,
    Share,
    TimeFigures,
)
from app.kernel.german import day, euro
from app.kernel.money import Money
from app.kernel.month import Month
from app.savings.distribution import rounded
from app.savings.free_positions import outside_the_lists
from app.savings.rules import MINUTE, hours, minutes

NOT_RELIABLE = "keine belastbare Aussage"


@dataclass(frozen=True, slots=True)
class Basis:
    """What the member's council was told, and the baseline of its procurements."""

    council_paper_number: str
    procurements: int
    target_hours: int
    baseline_minutes: int
    baseline_source: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will end soon, as sentences of others: titles and days."""

    lots: tuple[LotRow, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What section b) tells."""

    net: Money
    gross: Money
    categories: tuple[Named, ...]
    labelled: Share
    labels: tuple[Named, ...]
    outcomes: tuple[Named, ...]
    refused: int


def headline(month: Month, figures: TimeFigures) -> str:
    """The one sentence on top; without enough measured cases it says just that."""
    if figures.reliability is not Reliability.RELIABLE or figures.saved is None:
        return f"{month.german}: {NOT_RELIABLE}. {figures.reason}"
    if figures.saved < 0:
        more = hours(-figures.saved)
        return (
            f"Im {month.german} haben {figures.full} vollständig gemessene Vorgänge {more} Stunden "
            "mehr Arbeitszeit gekostet als früher angenommen."
        )
    return (
        f"Im {month.german} haben {figures.full} vollständig gemessene Vorgänge "
        f"{hours(figures.saved)} Stunden Arbeitszeit gespart, "
        f"netto {hours(figures.net or 0)} Stunden ({_reach(figures)})."
    )


def _reach(figures: TimeFigures) -> str:
    """The two shares that stand beside every hour, each under its own name."""
    measured = f"Messabdeckung {figures.coverage.german}"
    if not figures.portal_share.whole:
        return measured
    return f"{measured}, Portalanteil {figures.portal_share.german}"


def occasion(basis: Basis) -> Section:
    """a) the member's own resolution and what it expects."""
    sentences = ["Dieser Bericht dient der Kenntnisnahme."]
    if basis.procurements and basis.target_hours:
        total = Fraction(basis.procurements * basis.baseline_minutes, 60)
        share = rounded(Fraction(basis.target_hours * 1000) / total)
        sentences += [
            f"Grundlage ist der Beschluss {basis.council_paper_number}.",
            (
                f"Er geht von rund {basis.procurements} Beschaffungen im Jahr mit je "
                f"{basis.baseline_minutes} Minuten aus, zusammen {rounded(total)} Stunden."
            ),
            (
                f"Erwartet wird eine Einsparung von rund {basis.target_hours} Stunden im Jahr "
                f"({share // 10},{share % 10} %)."
            ),
        ]
    sentences.append(f"Vergleichswert je Vorgang: {basis.baseline_source}. Es ist keine Messung.")
    return Section("a", "Anlass und Zweck", tuple(sentences))


def _labels(seen: Progress) -> str:
    told = f"Mit gültigem Gütezeichen geliefert: {seen.labelled.german} des Nettowerts"
    named = ", ".join(f"{item.name} {euro(item.net)}" for item in seen.labels)
    return f"{told} ({named}; ein Artikel kann mehrere tragen)." if named else f"{told}."


def progress(figures: TimeFigures, seen: Progress) -> Section:
    """b) what was ordered, how long it took and what the in-house check said."""
    sentences = [
        (
            f"Abgeschlossen sind {figures.orders} Abrufe in {figures.cases} Vorgängen; "
            f"laufend {figures.running}, storniert {figures.cancelled}, "
            f"abgelehnt {figures.rejected}."
        ),
        f"Abgerechnet wurden {euro(seen.net)} netto, {euro(seen.gross)} brutto.",
    ]
    if seen.categories:
        named = ", ".join(f"{item.name} ({euro(item.net)})" for item in seen.categories[:3])
        sentences.append(f"Größte Warengruppen (netto): {named}.")
    sentences += outside_the_lists(seen.categories)
    if seen.labelled.whole:
        sentences.append(_labels(seen))
    if figures.lead_days is not None:
        sentences.append(
            f"Von der Beauftragung bis zur letzten Lieferung vergingen im Median "
            f"{figures.lead_days} Kalendertage."
        )
    if seen.outcomes:
        told = ", ".join(f"{item.count} × {item.name}" for item in seen.outcomes)
        sentences.append(f"Inhouse-Prüfung nach den hinterlegten Nachweisen: {told}.")
    if seen.refused:
        sentences.append(f"Nicht angenommen wurden {seen.refused} Abrufversuche.")
    sentences.append(
        "Das Portal dokumentiert die Prüfung; die rechtliche Bewertung treffen Menschen."
    )
    return Section("b", "Sachstand", tuple(sentences))


def time_section(figures: TimeFigures) -> Section:
    """c) measured hours, the upper bound apart, and how far the measurement reaches."""
    sentences = [
        (
            f"Messabdeckung: {figures.full} von {figures.cases} Vorgängen sind vollständig "
            f"gemessen ({figures.coverage.german})."
        )
    ]
    if figures.portal_share.whole:
        sentences.append(
            f"Portalanteil: {figures.portal_share.german} der erwarteten Beschaffungen."
        )
    if figures.elsewhere:
        needs = "Bedarf" if figures.elsewhere == 1 else "Bedarfe"
        sentences.append(
            f"Nicht über das Portal beschafft: {figures.elsewhere} {needs} laut Meldung; "
            "sie zählen nie als gespart."
        )
    if figures.reliability is not Reliability.RELIABLE:
        sentences.append(f"Für diesen Monat gilt: {NOT_RELIABLE}. {figures.reason}")
    sentences += _measured(figures)
    if figures.portal_only:
        sentences.append(_bound(figures))
    return Section("c", "Zahlen und Zeit", tuple(sentences))


def _measured(figures: TimeFigures) -> list[str]:
    if figures.saved is None or figures.net is None or figures.spread is None:
        return []
    found = [
        (
            f"Gemessene Zeitersparnis: {hours(figures.saved)} Stunden; nach Abzug stornierter und "
            f"abgelehnter Abrufe und von {hours(figures.overhead)} Stunden Pflegeaufwand bleiben "
            f"{hours(figures.net)} Stunden."
        ),
        (
            f"Ein Vorgang dauerte im Median {minutes(figures.spread.median)} Minuten, in einem von "
            f"zehn Fällen über {minutes(figures.spread.ninth_decile)} Minuten."
        ),
    ]
    if figures.negative is not None and figures.negative.part:
        found.append(
            f"{figures.negative.part} von {figures.negative.whole} Vorgängen dauerten länger "
            "als der Vergleichswert; sie sind abgezogen."
        )
    if figures.target_reached is not None:
        found.append(
            f"Zielerreichung: {figures.target_reached.german} von {hours(figures.target)} Stunden."
        )
    return found


def _bound(figures: TimeFigures) -> str:
    if figures.upper_bound is None:
        return (
            f"Bei {figures.portal_only} Vorgängen fehlt die Zeit außerhalb des Portals; "
            "sie zählen nicht."
        )
    return (
        f"Bei {figures.portal_only} weiteren Vorgängen fehlt die Zeit außerhalb des Portals. Ihre "
        f"Obergrenze ({hours(figures.upper_bound)} Stunden) ist nicht eingerechnet."
    )


def money_section(figures: MoneyFigures, accounts: Sequence[Named], year: int) -> Section:
    """d) the four numbers, each for itself."""
    value = "nicht berechnet" if figures.time_value is None else euro(figures.time_value)
    rate = ""
    if figures.hourly_rate is not None:
        rate = f" bei {euro(figures.hourly_rate)} je Stunde ({figures.hourly_rate_source})"
    word = "Preisnachteil" if figures.price_advantage < Money(0) else "Preisvorteil"
    sentences = [
        f"1. Kalkulatorischer Zeitwert, nicht kassenwirksam: {value}{rate}.",
        (
            f"2. {word}: {euro(figures.price_advantage)}; Nachweise für "
            f"{figures.evidence_coverage.german} des Nettowerts."
        ),
        (
            f"3. Mitgliedschaftskosten: {euro(figures.membership_cost)} "
            f"für {figures.fee_months} Beitragsmonate."
        ),
        f"4. Genutztes Skonto: {euro(figures.cash_discount)}.",
        f"Kassenwirksames Ergebnis (2 − 3 + 4): {euro(figures.cash_result)}.",
        figures.break_even_sentence,
    ]
    if accounts:
        named = ", ".join(f"{item.name} ({euro(item.net)})" for item in accounts[:4])
        sentences.append(f"Produktkonten im Haushaltsjahr {year} (netto): {named}.")
    return Section("d", "Finanzielle Auswirkungen", tuple(sentences))


def outlook_section(figures: TimeFigures, seen: Outlook) -> Section:
    """e) what the figures mean and what has to be done soon."""
    sentences = []
    if figures.reliability is not Reliability.RELIABLE:
        sentences.append(
            "Die Messung reicht für eine Bewertung nicht aus. Zeiten außerhalb des Portals "
            "sollten bei jedem Abruf angegeben werden."
        )
    elif figures.target_reached is not None and figures.net is not None:
        reached = "erreicht" if figures.net >= figures.target else "nicht erreicht"
        sentences.append(f"Das anteilige Ziel ist in den zwölf Monaten {reached}.")
    sentences += [
        f"{lot.framework}, {lot.lot}: noch {euro(lot.remaining)} von {euro(lot.maximum)}"
        + (f", läuft bis {day(lot.valid_to)}." if lot.valid_to else ".")
        for lot in seen.lots
    ]
    sentences += seen.evidence
    if not sentences:
        sentences.append("In den nächsten Monaten läuft nichts ab.")
    return Section("e", "Bewertung und Ausblick", tuple(sentences))


def case_minutes(seconds: int) -> str:
    """Whole minutes and seconds, `4:05`, for the annex."""
    sign = "−" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // MINUTE}:{abs(seconds) % MINUTE:02}"
