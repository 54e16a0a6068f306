"""Reading the checkout form: syntax only, every fault at its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.german import clean, ungrouped, whole_number
from app.ordering.rules_funding import (
    LONGEST_CIRCLE,
    LONGEST_NOTE,
    NO_FUNDING,
    Financing,
    Funding,
    funding_faults,
)
from app.ordering.shares.rules_shares import sum_faults
from app.ordering.shares.share_form import TypedShare, read_day, read_shares, read_year
from app.ordering.wanted import LARGEST_QUANTITY, LARGEST_WRITTEN

QUANTITY: Final = "menge-"
TERM: Final = "laufzeit-"
PAPER: Final = "anhang-"
SEEN: Final = "gesehen-"  # quantity and unit price that the page showed
OTHER_ADDRESS: Final = "andere"
BASKET: Final = "korb"  # where the lines of the form came from
LENGTHS: Final = {
    "zweck": 500,
    "konto": 60,
    "kostenstelle": 60,
    "investitionsnummer": 60,
    "zeichen": 80,
    "empfaenger": 120,
    "strasse": 120,
    "plz": 10,
    "ort": 80,
    "raum": 80,
    "marktpreis": 1000,
    "foerderung": 120,
    "deckungskreis": LONGEST_CIRCLE,
    "finanzierungsvermerk": LONGEST_NOTE,
}
FURTHER: Final = (
    *("adresse", "einheit", "wunschtermin", "minuten"),
    *("konfliktfrei", "jahr", "bindung", "finanzierung"),
)
MOST_MINUTES: Final = 10_000
LONGEST_TERM: Final = 9  # digits
LONGEST_SEEN: Final = 40
WORDS: Final = {
    "zweck": "Bitte geben Sie den Beschaffungszweck an, zum Beispiel „Ersatz für Altgeräte“.",
    "konto": "Bitte wählen Sie das Produktkonto, auf das gebucht wird.",
    "empfaenger": "Bitte geben Sie an, wer die Lieferung entgegennimmt.",
    "strasse": "Bitte geben Sie Straße und Hausnummer an.",
    "plz": "Bitte geben Sie die Postleitzahl an.",
    "ort": "Bitte geben Sie den Ort an.",
}


@dataclass(slots=True)
class CheckoutForm:
    """What was typed, as typed, and what is wrong with it."""

    values: dict[str, str]
    quantities: dict[str, int]
    key: str
    source: str = ""
    requested_date: date | None = None
    offline_minutes: int | None = None
    errors: dict[str, str] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    budget_year: int | None = None
    earmarked_until: date | None = None
    shares: list[TypedShare] = field(default_factory=list)
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    papers: list[int] = field(default_factory=list)
    financing: Financing | None = None

    @property
    def funding(self) -> Funding:
        """NO_FUNDING where nothing was said."""
        said = Funding(
            self.value("deckungskreis"), self.financing, self.value("finanzierungsvermerk")
        )
        return said if said != NO_FUNDING else NO_FUNDING

    @property
    def sha256(self) -> str:
        """Of everything that makes the order: a retry has the same, a change another one."""
        shares = [one.values for one in self.shares]
        lines = [self.quantities, self.terms, shares]
        return sha256_hex(canonical_json([self.values, self.source, lines, self.papers]))

    @property
    def repeats(self) -> str:
        """Number of the earlier order whose lines these are; "" for most."""
        return "" if self.source == BASKET else self.source

    def shares_of(self, sku: str) -> list[TypedShare]:
        """How a line is split."""
        return [one for one in self.shares if one.share.sku == sku]

    def value(self, name: str) -> str:
        return self.values.get(name, "")


def read_checkout(sent: Mapping[str, str]) -> CheckoutForm:
    """All fields of the form; nothing typed is lost, whatever is wrong with it."""
    names = {*LENGTHS, *FURTHER}
    values = {name: clean(sent.get(name, "")) for name in names}
    key, source = (clean(sent.get(name, "")) for name in ("schluessel", "quelle"))
    form = CheckoutForm(values, {}, key, source)
    for name, text in sent.items():
        if name.startswith(QUANTITY):
            _read_quantity(form, name.removeprefix(QUANTITY), text)
        elif name.startswith(TERM):
            _read_term(form, name.removeprefix(TERM), text)
        elif name.startswith(SEEN):
            _read_seen(form, name.removeprefix(SEEN), text)
        elif name.startswith(PAPER):
            _read_paper(form, name.removeprefix(PAPER))
    for name, longest in LENGTHS.items():
        if len(values[name]) > longest:
            form.errors[name] = f"Bitte höchstens {longest} Zeichen."
    form.requested_date = read_day(form.errors, "wunschtermin", values["wunschtermin"])
    form.budget_year = read_year(form.errors, "jahr", values["jahr"])
    form.financing = _read_financing(form)
    form.earmarked_until = read_day(form.errors, "bindung", values["bindung"])
    typed = read_shares(sent, form.errors)
    form.shares = [one for one in typed if one.share.sku in form.quantities]
    form.offline_minutes = read_minutes(form.errors, "minuten", values["minuten"])
    return form


def _read_financing(form: CheckoutForm) -> Financing | None:
    """One of the three kinds; empty is not said."""
    text = form.values["finanzierung"]
    if text in set(Financing):
        return Financing(text)
    if text:
        form.errors["finanzierung"] = "Bitte wählen Sie einen Eintrag der Liste."
    return None


def need(form: CheckoutForm) -> None:
    """What must be filled for sending the order; a new address only if one is typed."""
    for fault in funding_faults(form.funding):
        if fault.code == "missing":
            form.errors.setdefault("finanzierungsvermerk", fault.text)
    needed = ["zweck", "konto"]
    if form.value("adresse") in {"", OTHER_ADDRESS}:
        needed += ["empfaenger", "strasse", "plz", "ort"]
    for name in needed:
        if not form.value(name):
            form.errors.setdefault(name, WORDS[name])
    if not any(form.quantities.values()):
        form.errors.setdefault("artikel", "Bitte wählen Sie mindestens einen Artikel.")
    for sku, text in sum_faults(form.quantities, [one.share for one in form.shares]).items():
        at = next(one.number for one in form.shares if one.share.sku == sku)
        form.errors.setdefault(f"teil-{at}-menge", text)


def _read_quantity(form: CheckoutForm, sku: str, text: str) -> None:
    try:
        quantity = int(text.strip() or "0")
    except ValueError:
        quantity = -1
    if 0 <= quantity <= LARGEST_QUANTITY:
        if quantity:
            form.quantities[sku] = quantity
        return
    form.quantities[sku] = 1
    form.errors[f"{QUANTITY}{sku}"] = (
        f"Bitte geben Sie für {sku} eine ganze Zahl von 0 bis {LARGEST_WRITTEN} an."
    )


def _read_term(form: CheckoutForm, sku: str, text: str) -> None:
    """Which months or pages an article allows is judged with its price."""
    try:
        form.terms[sku] = read_term(text)
    except ValueError:
        form.errors[f"{TERM}{sku}"] = f"Bitte geben Sie für {sku} eine ganze Zahl an."


def read_term(text: str) -> int:
    """Months or pages; points between thousands are forgiven. ValueError for anything else."""
    digits = ungrouped(text.strip())
    if not digits.isascii() or not digits.isdecimal() or len(digits) > LONGEST_TERM:
        raise ValueError(text[:LONGEST_TERM])
    return int(digits)


def _read_seen(form: CheckoutForm, sku: str, text: str) -> None:
    """`8:7890000`; whatever else stands there was not seen."""
    many, _, price = text.partition(":")
    if text.isascii() and many.isdecimal() and price.isdecimal() and len(text) <= LONGEST_SEEN:
        form.seen[sku] = (int(many), int(price))


def _read_paper(form: CheckoutForm, text: str) -> None:
    if text.isascii() and text.isdecimal() and len(text) <= LONGEST_TERM:
        form.papers.append(int(text))


def read_minutes(errors: dict[str, str], name: str, text: str) -> int | None:
    """Whole minutes; empty is `not stated`, which is not 0."""
    if not text:
        return None
    minutes = whole_number(text)
    if minutes is not None and minutes <= MOST_MINUTES:
        return minutes
    errors[name] = f"Bitte geben Sie ganze Minuten von 0 bis {MOST_MINUTES} an oder nichts."
    return None
