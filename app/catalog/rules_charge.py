"""What a price is asked for: once, per month of rent, or per printed page over a stated term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.kernel.german import fold, number
from app.kernel.unit_price import UnitPrice

LONGEST_RENT: Final = 120  # months
MOST_PAGES: Final = 10_000_000
HIGHEST: Final = UnitPrice.euros(100_000_000)  # over the term, per piece; keeps sums in range
KINDS: Final = frozenset({"preisart", "abrechnungsart", "vertragsart"})
SHORTEST: Final = frozenset({"mindestlaufzeit", "mindestmietdauer", "mindestabnahme"})
LONGEST: Final = frozenset({"hoechstlaufzeit", "hoechstmietdauer", "hoechstabnahme"})


class Charge(StrEnum):
    """How often the price is due."""

    PURCHASE = "purchase"
    MONTHLY = "month"
    PER_PAGE = "page"

    @property
    def recurring(self) -> bool:
        return self is not Charge.PURCHASE

    @property
    def german(self) -> str:
        return WORDS[self][0]

    @property
    def per(self) -> str:
        """What stands behind the price: `je Stück und Monat`."""
        return WORDS[self][1]

    @property
    def term_name(self) -> str:
        """How the term is asked for."""
        return WORDS[self][2]

    def term_text(self, term: int | None) -> str:
        """`36 Monate`, `120.000 Seiten`; empty for a purchase."""
        if term is None or not self.recurring:
            return ""
        one, many = UNITS[self]
        return f"{number(term)} {one if term == 1 else many}"


WORDS: Final = {
    Charge.PURCHASE: ("Kauf", "je Stück", ""),
    Charge.MONTHLY: ("Miete je Monat", "je Stück und Monat", "Mietdauer in Monaten"),
    Charge.PER_PAGE: ("Preis je Seite", "je Seite", "Seiten je Stück über die Laufzeit"),
}
UNITS: Final = {Charge.MONTHLY: ("Monat", "Monate"), Charge.PER_PAGE: ("Seite", "Seiten")}
USUAL: Final = {
    Charge.MONTHLY: (12, 24, 36, 48, 60),
    Charge.PER_PAGE: (10_000, 50_000, 100_000, 250_000),
}
LIMITS: Final = {Charge.MONTHLY: LONGEST_RENT, Charge.PER_PAGE: MOST_PAGES}
ORDER_UNITS: Final = {"MON": Charge.MONTHLY, "ZP": Charge.PER_PAGE}  # UN/ECE Recommendation 20


@dataclass(frozen=True, slots=True)
class Charging:
    """How an article is charged and which terms may be agreed (months or pages, both inclusive)."""

    charge: Charge = Charge.PURCHASE
    shortest: int | None = None
    longest: int | None = None

    @property
    def least(self) -> int:
        return self.shortest or 1

    @property
    def most(self) -> int:
        limit = LIMITS.get(self.charge, 1)
        return limit if self.longest is None else min(self.longest, limit)

    @property
    def usual_terms(self) -> tuple[int, ...]:
        """Terms worth showing a total for: the shortest and the usual ones that may be agreed."""
        usual = {term for term in USUAL.get(self.charge, ()) if self.least <= term <= self.most}
        return tuple(sorted(usual | ({self.shortest} if self.shortest else set())))[:5]

    @property
    def range_text(self) -> str:
        return f"{number(self.least)} bis {number(self.most)}"

    def fault_of(self, term: int | None) -> str | None:
        """A German sentence where this term cannot be agreed."""
        if not self.charge.recurring:
            return None if term is None else "Dieser Artikel wird gekauft, er hat keine Laufzeit."
        if term is not None and self.least <= term <= self.most:
            return None
        return f"Bitte geben Sie an: {self.charge.term_name} ({self.range_text})."


def over_term(rate: UnitPrice, term: int | None) -> UnitPrice:
    """What one piece costs over the whole term: exact, a multiple is never rounded."""
    return rate if term is None else UnitPrice(rate.ten_thousandths * term)


def counted_for_scale(charge: Charge, quantity: int, term: int | None) -> int:
    """What the bounds of a scale count: printed pages where pages are charged, else pieces."""
    return quantity * term if charge is Charge.PER_PAGE and term is not None else quantity


def charging_of(features: Iterable[Sequence[str]], order_unit: str) -> Charging:
    """Read from the catalog: features (name, value, unit) or an order unit of time or pages."""
    charge = ORDER_UNITS.get(order_unit.upper(), Charge.PURCHASE)
    shortest = longest = None
    for name, value, *_ in features:
        role = _role(name)
        if role == "kind":
            charge = _charge(value) or charge
        elif role == "shortest":
            shortest = _whole(value)
        elif role == "longest":
            longest = _whole(value)
    if not charge.recurring:
        return Charging()
    found = Charging(charge, shortest, longest)
    return found if found.least <= found.most else Charging(charge)


@lru_cache(maxsize=4096)
def _role(name: str) -> str:
    folded = fold(name).strip()
    roles = (("kind", KINDS), ("shortest", SHORTEST), ("longest", LONGEST))
    return next((role for role, names in roles if folded in names), "")


def _charge(value: str) -> Charge | None:
    folded = fold(value)
    if "seite" in folded or "klick" in folded:
        return Charge.PER_PAGE
    if "miete" in folded or "monat" in folded:
        return Charge.MONTHLY
    return Charge.PURCHASE if "kauf" in folded else None


def _whole(value: str) -> int | None:
    """The number a text begins with: `36 Monate` → 36."""
    digits = value.replace(".", "").split(maxsplit=1)[:1]
    text = digits[0] if digits else ""
    known = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_PAGES))
    return int(text) or None if known else None
