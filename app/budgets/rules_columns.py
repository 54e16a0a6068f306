"""Which columns of the commitments a finance system takes, under which names: pure.

The profiles name the columns as the systems do in their own words; a house compares them once with
the description of its import and changes what it calls otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST_HEAD: Final = 60

# What there is, with what it means; the words are the heads of the own profile.
FIELDS: Final[dict[str, tuple[str, str]]] = {
    "number": ("Abruf", "Nummer des Abrufs, zugleich Nummer der Mittelbindung"),
    "position": ("Position", "laufend je Abruf, eine je Produktkonto"),
    "year": ("Haushaltsjahr", "vier Ziffern"),
    "account": ("Produktkonto", "wie im Abruf angegeben"),
    "product": ("Produkt", "Teil vor dem Punkt, wo das Konto ihn hat"),
    "ledger": ("Sachkonto", "Teil zwischen Punkt und Schrägstrich"),
    "finance": ("Finanzkonto", "Teil nach dem Schrägstrich"),
    "cost_centre": ("Kostenstelle", "bei Aufteilung mehrere, durch Komma getrennt"),
    "investment": ("Investitionsnummer", "bei Aufteilung mehrere, durch Komma getrennt"),
    "funding": ("Förderung", "Mittelherkunft; bei Aufteilung mehrere, durch Komma getrennt"),
    "budget": ("Budget", "Bezeichnung des Budgets"),
    "committed": ("gebunden", "offene Mittelbindung in Euro, brutto, 1234,56"),
    "actual": ("abgerechnet", "Summe der Rechnungen, brutto"),
    "total": ("Gesamt", "gebunden und abgerechnet"),
    "currency": ("Währung", "EUR"),
    "creditor": ("Auftragnehmer", "Vertragspartner des Mitglieds"),
    "purpose": ("Verwendungszweck", "Beschaffungszweck des Abrufs"),
    "state": ("Stand", "Stand des Abrufs"),
    "ordered_on": ("Datum", "Tag der Einreichung, 21.11.2026"),
    "reference": ("Ihr Zeichen", "Zeichen der Bestellung"),
    # New ones stand last: who reads the file by place goes on finding what he knows.
    "earmarked": ("Zweckbindung bis", "Ende der Zweckbindung der Förderung, 31.12.2031"),
    "coverage": ("Deckungskreis", "wie im Abruf angegeben"),
    "financing": ("Finanzierung", "planmäßig, überplanmäßig, außerplanmäßig oder nicht angegeben"),
    "financing_note": ("Vermerk", "Bewilligung und Deckung, wo nicht planmäßig"),
    "funds": ("Mittel bestätigt", "wer bei der Genehmigung bestätigt hat, und wann"),
    "order_stop": ("Kassenschluss", "Ihr Bestellschluss, wenn er in dieses Haushaltsjahr fällt"),
    "after_stop": ("nach Kassenschluss", "ja, wenn der Abruf danach eingereicht wurde"),
}
OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Profile:
    """A ready choice of columns: field and head, in order."""

    title: str
    columns: tuple[tuple[str, str], ...]


PROFILES: Final[dict[str, Profile]] = {
    "standard": Profile("Alle Spalten", tuple((name, head) for name, (head, _) in FIELDS.items())),
    "infoma": Profile(
        "Infoma newsystem",
        (
            ("number", "Belegnr."),
            ("position", "Zeilennr."),
            ("ordered_on", "Belegdatum"),
            ("year", "Haushaltsjahr"),
            ("product", "Produkt Code"),
            ("ledger", "Sachkontonr."),
            ("cost_centre", "Kostenstelle Code"),
            ("investment", "Investition Code"),
            ("creditor", "Kreditor"),
            ("purpose", "Beschreibung"),
            ("committed", "Betrag"),
            ("coverage", "Deckungskreis"),
            ("financing", "Finanzierungsart"),
        ),
    ),
    "hh": Profile(
        "H+H proDoppik",
        (
            ("number", "Auftragsnummer"),
            ("year", "HH-Jahr"),
            ("product", "Produkt"),
            ("ledger", "Sachkonto"),
            ("finance", "Finanzkonto"),
            ("cost_centre", "Kostenstelle"),
            ("investment", "Investitionsmaßnahme"),
            ("committed", "Auftragsbetrag"),
            ("creditor", "Auftragnehmer"),
            ("purpose", "Verwendungszweck"),
            ("ordered_on", "Auftragsdatum"),
            ("coverage", "Deckungskreis"),
            ("financing", "Mittelbereitstellung"),
        ),
    ),
    "mach": Profile(
        "MACH",
        (
            ("number", "Vorgangsnummer"),
            ("position", "Position"),
            ("year", "Geschäftsjahr"),
            ("product", "Kostenträger"),
            ("ledger", "Konto"),
            ("cost_centre", "Kostenstelle"),
            ("investment", "Projekt"),
            ("committed", "Obligobetrag"),
            ("currency", "Währung"),
            ("creditor", "Lieferant"),
            ("purpose", "Buchungstext"),
            ("ordered_on", "Belegdatum"),
        ),
    ),
    "sap": Profile(
        "SAP (Mittelreservierung)",
        (
            ("number", "XBLNR"),
            ("position", "BLPOS"),
            ("ordered_on", "BLDAT"),
            ("year", "GJAHR"),
            ("product", "FISTL"),
            ("account", "FIPEX"),
            ("ledger", "SAKNR"),
            ("cost_centre", "KOSTL"),
            ("investment", "POSID"),
            ("funding", "GEBER"),
            ("committed", "WTGES"),
            ("currency", "WAERS"),
            ("creditor", "NAME1"),
            ("purpose", "PTEXT"),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member takes: a profile by its key, or columns of its own."""

    profile: str
    columns: tuple[tuple[str, str], ...]


STANDARD: Final = Choice("standard", PROFILES["standard"].columns)


def column_faults(columns: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """German sentences about a choice that cannot be used."""
    heads = [head for _, head in columns]
    faults = []
    if not columns:
        faults.append("Bitte wählen Sie mindestens eine Spalte.")
    if any(not head or len(head) > LONGEST_HEAD for head in heads):
        faults.append(f"Jede Spalte braucht einen Namen mit höchstens {LONGEST_HEAD} Zeichen.")
    if len(set(heads)) < len(heads):
        faults.append("Zwei Spalten heißen gleich.")
    return tuple(faults)


def account_parts(account: str) -> tuple[str, str, str]:
    """`11160.0821050/7831000` is product, ledger and finance account; other forms have none."""
    front, slash, finance = account.partition("/")
    product, dot, ledger = front.partition(".")
    return (product, ledger, finance) if dot and slash else ("", "", "")


def laid_out(
    choice: Choice, rows: Sequence[Mapping[str, str]]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows of the file."""
    heads = tuple(head for _, head in choice.columns)
    return heads, [tuple(row[name] for name, _ in choice.columns) for row in rows]
