"""May one article take another one's place? § 132 (2) no. 1 GWB: equal or better, not dearer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.kernel.german import unit_price
from app.kernel.unit_price import UnitPrice

LOWER_IS_BETTER: Final = (
    "gewicht",
    "fußabdruck",
    "verbrauch",
    "leistungsaufnahme",
    "lautstärke",
    "geräusch",
    "reaktionszeit",
    "aufwärmzeit",
)
# What an article says about its file and its price is no part of what it can do.
NO_SPECIFICATION: Final = ("preisgrundlage", "datenquelle", "artikelfamilie", "farbe")
UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    "tb": ("gb", Decimal(1024)),
    "mb": ("gb", Decimal(1) / 1024),
    "kg": ("g", Decimal(1000)),
    "ghz": ("mhz", Decimal(1000)),
    "m": ("mm", Decimal(1000)),
    "cm": ("mm", Decimal(10)),
}
_MEASURE: Final = re.compile(r"(?P<amount>\d{1,12}(?:[.,]\d{1,6})?)\s*(?P<unit>[^\d\s]\S{0,15})?")


# Old price, new price → why the agreement's price clause forbids the rise; None where it allows it.
PriceClause = Callable[[UnitPrice, UnitPrice], str | None]


class Verdict(StrEnum):
    """How a feature of the new article stands to the old one's."""

    EQUAL = "equal"
    BETTER = "better"
    DIFFERS = "differs"
    MISSING = "missing"
    WORSE = "worse"


VERDICT_WORDS: Final = {
    Verdict.EQUAL: "gleich",
    Verdict.BETTER: "besser",
    Verdict.DIFFERS: "anders, zu begründen",
    Verdict.MISSING: "nicht angegeben, zu begründen",
    Verdict.WORSE: "schlechter",
}
ARGUABLE: Final = frozenset({Verdict.DIFFERS, Verdict.MISSING})


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the comparison looks at; `prices` by lower bound, empty where none is valid."""

    sku: str
    name: str
    lot_id: int
    active: bool
    features: tuple[tuple[str, str], ...]
    prices: Mapping[int, UnitPrice]


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """One feature of the old article beside the new one's."""

    name: str
    old: str
    new: str
    verdict: Verdict

    @property
    def words(self) -> str:
        return VERDICT_WORDS[self.verdict]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Old beside new; `refusals` are German sentences and make a successor impossible."""

    features: tuple[FeatureLine, ...]
    refusals: tuple[str, ...]

    @property
    def arguable(self) -> tuple[FeatureLine, ...]:
        """What cannot be weighed by number: the declarer must say why it is equal or better."""
        return tuple(line for line in self.features if line.verdict in ARGUABLE)


def compared(old: Candidate, new: Candidate, clause: PriceClause) -> Comparison:
    """Same lot, every listed feature equal or better, dearer only as far as the clause allows."""
    lines = feature_lines(old.features, new.features)
    refusals = [
        *_misfits(old, new),
        *(_worse(line) for line in lines if line.verdict is Verdict.WORSE),
        *dearer(old.prices, new.prices, clause),
    ]
    return Comparison(lines, tuple(refusals))


def dearer(
    old: Mapping[int, UnitPrice], new: Mapping[int, UnitPrice], clause: PriceClause
) -> list[str]:
    """The quantities from which on the new article costs more than it may, in German sentences."""
    said = []
    for bound in sorted({*old, *new}):
        before, after = _at(old, bound), _at(new, bound)
        if before is None or after is None or after <= before:
            continue
        if reason := clause(before, after):
            prices = f"{unit_price(after)} statt {unit_price(before)}"
            said.append(f"Ab {bound} Stück kostet er {prices}. {reason}")
    return said


def _misfits(old: Candidate, new: Candidate) -> list[str]:
    said = []
    if old.sku == new.sku:
        said.append("Ein Artikel kann nicht sein eigener Nachfolger sein.")
    if old.lot_id != new.lot_id:
        said.append("Der Nachfolger gehört zu einem anderen Los.")
    if not new.active:
        said.append("Der Nachfolger ist nicht mehr im Katalog.")
    elif not new.prices:
        said.append("Für den Nachfolger gilt kein Preis.")
    return said


def _worse(line: FeatureLine) -> str:
    than = "mehr" if _lower_is_better(line.name) else "weniger"
    return f"{line.name}: {line.new} ist {than} als {line.old}."


def feature_lines(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> tuple[FeatureLine, ...]:
    """Every feature that the old article lists, in its order."""
    has = {name.casefold(): value for name, value in new}
    return tuple(
        FeatureLine(name, value, has.get(name.casefold(), "–"), _verdict(name, value, has))
        for name, value in old
        if name.casefold() not in NO_SPECIFICATION
    )


def _verdict(name: str, old: str, has: Mapping[str, str]) -> Verdict:
    new = has.get(name.casefold())
    if new is None:
        return Verdict.MISSING
    if new.casefold() == old.casefold():
        return Verdict.EQUAL
    if (old.casefold(), new.casefold()) in {("nein", "ja"), ("ja", "nein")}:
        return Verdict.BETTER if new.casefold() == "ja" else Verdict.WORSE
    before, after = _measure(old), _measure(new)
    if before is None or after is None or before[1] != after[1]:
        return Verdict.DIFFERS
    if before[0] == after[0]:
        return Verdict.EQUAL
    better = (after[0] < before[0]) if _lower_is_better(name) else (after[0] > before[0])
    return Verdict.BETTER if better else Verdict.WORSE


def _measure(value: str) -> tuple[Decimal, str] | None:
    """`1 TB` → (1024, gb); None where the value is more than one number with a unit."""
    match = _MEASURE.fullmatch(value.strip())
    if match is None:
        return None
    amount = Decimal(match["amount"].replace(",", "."))
    unit = (match["unit"] or "").casefold()
    base, factor = UNITS.get(unit, (unit, Decimal(1)))
    return amount * factor, base


def _lower_is_better(name: str) -> bool:
    return any(word in name.casefold() for word in LOWER_IS_BETTER)


def _at(prices: Mapping[int, UnitPrice], quantity: int) -> UnitPrice | None:
    reached = [bound for bound in prices if bound <= quantity]
    return prices[max(reached)] if reached else None
