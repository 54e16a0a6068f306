"""Which prices of a draft may not be published as they are: pure comparison, German reasons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.catalog.rules import Stop
from app.kernel import german
from app.kernel.unit_price import UnitPrice

HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A price becoming another one on a day, for orders from `lower_bound` pieces on."""

    lower_bound: int
    old: UnitPrice
    new: UnitPrice
    day: date


@dataclass(frozen=True, slots=True)
class Corridor:
    """By how many percent a price may rise or fall before somebody has to look at it."""

    largest_rise: int = 25
    largest_fall: int = 50

    def holds(self, old: UnitPrice, new: UnitPrice) -> bool:
        before, after = old.ten_thousandths * HUNDRED, new.ten_thousandths * HUNDRED
        lowest = old.ten_thousandths * (HUNDRED - self.largest_fall)
        return lowest <= after <= before + old.ten_thousandths * self.largest_rise


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop with its reason and what to do, in German."""

    stop: Stop
    reason: str


def stop_of(
    steps: Iterable[PriceStep], corridor: Corridor, forbidden: Callable[[PriceStep], str | None]
) -> Stopped | None:
    """What the agreement forbids comes first: nobody may release that."""
    outside = None
    for step in steps:
        reason = forbidden(step)
        if reason is not None:
            return Stopped(
                Stop.RISE_FORBIDDEN,
                f"{reason} Bitte einen vertragsgemäßen Preis verlangen oder den Artikel auslassen.",
            )
        if outside is None and not corridor.holds(step.old, step.new):
            outside = step
    return None if outside is None else Stopped(Stop.OUTSIDE_CORRIDOR, _outside(outside, corridor))


def price_lost(old: UnitPrice, why: str) -> Stopped:
    """The article had a price and the file has none that can be taken."""
    return Stopped(
        Stop.PRICE_LOST,
        f"Bisher {german.unit_price(old)}, in der Datei kein gültiger Preis. {why} "
        "Bitte den Preis nachliefern lassen oder den Artikel auslassen.",
    )


def share(old: UnitPrice, new: UnitPrice) -> Decimal:
    """The change as a fraction of the old price."""
    return Decimal(new.ten_thousandths - old.ten_thousandths) / Decimal(old.ten_thousandths)


def _outside(step: PriceStep, corridor: Corridor) -> str:
    scale = f" ab {step.lower_bound} Stück" if step.lower_bound > 1 else ""
    return (
        f"Der Preis{scale} ändert sich um {german.percent(share(step.old, step.new))}; ohne "
        f"Rückfrage gelten −{corridor.largest_fall} % bis +{corridor.largest_rise} %. Bitte beim "
        "Lieferanten nachfragen; stimmt er, mit Begründung freigeben, sonst auslassen."
    )
