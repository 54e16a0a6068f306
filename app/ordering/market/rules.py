"""The framework's price against what was seen on the market. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.kernel.german import number, unit_price
from app.kernel.unit_price import UnitPrice

MOST_SOURCES: Final = 3
COUNTS_FOR: Final = timedelta(days=30)
"""RULEBOOK 6.4: evidence within thirty days of the order."""


class MarketOutcome(StrEnum):
    """Nothing must, everything can: both are good."""

    CALLED_OFF = "called_off"
    ELSEWHERE = "elsewhere"


OUTCOME_WORDS: Final = {
    MarketOutcome.CALLED_OFF: "über das Portal",
    MarketOutcome.ELSEWHERE: "nicht über das Portal beschafft",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One dated price per piece, net, delivered; a list price or another model is no evidence."""

    name: str
    seen_on: date
    unit_price: UnitPrice
    same_specification: bool = True
    is_list_price: bool = False

    @property
    def counts(self) -> bool:
        return self.same_specification and not self.is_list_price


@dataclass(frozen=True, slots=True)
class Verdict:
    """The lowest price that counts beside the framework's; None where no source counts."""

    contract: UnitPrice
    lowest: UnitPrice | None
    sources: int

    @property
    def cheaper_elsewhere(self) -> bool:
        return (
            self.lowest is not None and self.lowest.ten_thousandths < self.contract.ten_thousandths
        )

    @property
    def text(self) -> str:
        """One German sentence, the same size of words whichever way it went."""
        if self.lowest is None:
            return "Keine Quelle zählt: Listenpreise und andere Ausführungen sind kein Vergleich."
        counted = "1 Quelle" if self.sources == 1 else f"{self.sources} Quellen"
        told = f"{counted}, günstigster Marktpreis {unit_price(self.lowest)} netto je Stück"
        difference = self.contract.ten_thousandths - self.lowest.ten_thousandths
        if difference == 0:
            return f"{told}: gleich dem Vertragspreis."
        percent = Decimal(abs(difference)) * 100 / Decimal(self.lowest.ten_thousandths)
        side = "teurer" if difference > 0 else "günstiger"
        return f"{told}: der Vertragspreis ist {number(percent, 1)} % {side}."


def verdict(contract: UnitPrice, sources: Iterable[Source]) -> Verdict:
    """What the sources say about the price of the framework."""
    counted = [source.unit_price for source in sources if source.counts]
    lowest = min(counted, key=lambda price: price.ten_thousandths, default=None)
    return Verdict(contract, lowest, len(counted))


def fault_of(found: Verdict, outcome: MarketOutcome, reason: str) -> str | None:
    """A German sentence where the reason is missing that a cheaper offer asks for."""
    if reason.strip():
        return None
    if outcome is MarketOutcome.ELSEWHERE:
        return "Bitte sagen Sie in einem Satz, wofür Sie den Artikel brauchen."
    if found.cheaper_elsewhere:
        return "Anderswo ist es günstiger. Bitte sagen Sie in einem Satz, warum Sie hier abrufen."
    return None
