"""The schedule of retention: pure periods, from when they count, and the law behind them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.kernel.month import months_after

GONE: Final = "@entfernt.invalid"


class Kept(StrEnum):
    """Kinds of records in the schedule."""

    INVOICES = "invoices"
    DELIVERY_NOTES = "delivery_notes"
    ORDERS = "orders"
    DECISIONS = "decisions"
    EVIDENCE = "evidence"
    FRAMEWORKS = "frameworks"
    QUOTES = "quotes"
    PRICE_LISTS = "price_lists"
    UNUSED = "unused"
    SESSIONS = "sessions"
    ATTEMPTS = "attempts"
    RESETS = "resets"
    TOKENS = "tokens"
    MESSAGES = "messages"
    NOTICES = "notices"
    ANSWERS = "answers"
    LINKS = "links"
    PEOPLE = "people"


class Unit(StrEnum):
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"


class Start(StrEnum):
    """From when a period counts."""

    YEAR_END = "year_end"
    EVENT = "event"


UNIT_WORDS: Final = {Unit.YEARS: "Jahre", Unit.MONTHS: "Monate", Unit.DAYS: "Tage"}
START_WORDS: Final = {
    Start.YEAR_END: "Ende des Kalenderjahres",
    Start.EVENT: "Ereignis",
}
KEPT_WORDS: Final[dict[Kept, str]] = {
    Kept.INVOICES: "Rechnungen und Buchungsbelege",
    Kept.DELIVERY_NOTES: "Lieferscheine",
    Kept.ORDERS: "Abrufe, Vermerke, Genehmigungen",
    Kept.DECISIONS: "Inhouse-Entscheidungen",
    Kept.EVIDENCE: "Nachweise",
    Kept.FRAMEWORKS: "Vergabeakten der Rahmenverträge",
    Kept.QUOTES: "Nicht bestellte Angebote (freie Positionen)",
    Kept.PRICE_LISTS: "Preislisten, Katalogdateien, Bilder und Zeichen",
    Kept.UNUSED: "Dateien, die nirgends verwendet sind",
    Kept.SESSIONS: "Anmeldungen",
    Kept.ATTEMPTS: "Fehlgeschlagene Anmeldungen",
    Kept.RESETS: "Links für ein neues Passwort",
    Kept.TOKENS: "Abgelaufene Zugänge für Programme",
    Kept.MESSAGES: "Versandte Nachrichten",
    Kept.NOTICES: "Mitteilungen im Portal",
    Kept.ANSWERS: "Antworten auf wiederholte Absendungen",
    Kept.LINKS: "Abgelaufene Links zur Freigabe",
    Kept.PEOPLE: "Namen ausgeschiedener Personen",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind is kept; `least` is what no later version may fall below."""

    kind: Kept
    amount: int
    unit: Unit
    start: Start
    basis: str
    erases: bool
    least: int = 0

    @property
    def period(self) -> str:
        return f"{self.amount} {UNIT_WORDS[self.unit]}"


_TAX: Final = "§ 147 Abs. 3 AO, § 14b UStG, § 257 Abs. 4 HGB"
_OWN: Final = "eigene Festlegung nach Art. 5 Abs. 1 Buchst. e DSGVO"
STANDARD: Final[tuple[Rule, ...]] = (
    Rule(Kept.INVOICES, 8, Unit.YEARS, Start.YEAR_END, _TAX, False, 8),
    Rule(
        Kept.DELIVERY_NOTES, 8, Unit.YEARS, Start.YEAR_END, "Nachweis der Abnahme; " + _TAX, False
    ),
    Rule(Kept.ORDERS, 10, Unit.YEARS, Start.YEAR_END, "Kommunalrecht, § 147 Abs. 1 AO", False, 6),
    Rule(Kept.DECISIONS, 10, Unit.YEARS, Start.YEAR_END, "länger als jede Rechnung", False, 8),
    Rule(Kept.EVIDENCE, 10, Unit.YEARS, Start.YEAR_END, "so lange wie die Entscheidung", False, 8),
    Rule(
        Kept.FRAMEWORKS, 3, Unit.YEARS, Start.EVENT, "§ 8 Abs. 4 VgV, nach Vertragsende", False, 3
    ),
    Rule(Kept.QUOTES, 3, Unit.YEARS, Start.EVENT, "§ 8 Abs. 4 VgV, nach Vertragsende", False, 3),
    Rule(Kept.PRICE_LISTS, 10, Unit.YEARS, Start.YEAR_END, "§ 147 Abs. 1 Nr. 1 AO", False, 10),
    Rule(Kept.UNUSED, 90, Unit.DAYS, Start.EVENT, _OWN, False),
    Rule(Kept.SESSIONS, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.ATTEMPTS, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.RESETS, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.TOKENS, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.MESSAGES, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.NOTICES, 180, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.ANSWERS, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.LINKS, 90, Unit.DAYS, Start.EVENT, _OWN, True),
    Rule(Kept.PEOPLE, 24, Unit.MONTHS, Start.EVENT, "Art. 17 Abs. 1 Buchst. a DSGVO", True),
)


def last_kept_day(rule: Rule, since: date) -> date:
    """The last day on which a record from `since` must stay."""
    begins = date(since.year, 12, 31) if rule.start is Start.YEAR_END else since
    match rule.unit:
        case Unit.YEARS:
            return months_after(begins, 12 * rule.amount)
        case Unit.MONTHS:
            return months_after(begins, rule.amount)
        case Unit.DAYS:
            return begins + timedelta(days=rule.amount)


def cut_off(rule: Rule, today: date) -> date:
    """Records before this day are past their period; found by walking back, never by guess."""
    if rule.start is Start.YEAR_END:
        years = rule.amount if rule.unit is Unit.YEARS else rule.amount // 12
        return date(today.year - years, 1, 1)
    if rule.unit is Unit.DAYS:
        return today - timedelta(days=rule.amount)
    months = rule.amount * (12 if rule.unit is Unit.YEARS else 1)
    return months_after(today, -months)


def pseudonym(person_id: int) -> tuple[str, str]:
    """Address and label of a person whose name is gone; the number stays provable."""
    return f"nutzer-{person_id}{GONE}", f"Nutzer {person_id}"
