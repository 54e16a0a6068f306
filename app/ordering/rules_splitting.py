"""Whether orders of the same need add up to more than one threshold: a hint, never a bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.frameworks.procedures import land_thresholds
from app.frameworks.thresholds import eu_threshold
from app.kernel.german import euro
from app.kernel.money import NOTHING, Money

LOOK_BACK: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SameNeed:
    """What a member called off from one lot before, and what it wants now; net values.

    The same need is the same lot: a lot bundles what a market sells together (§ 97 Abs. 4 GWB).
    """

    lot: str
    earlier: Money
    orders: int
    now: Money

    @property
    def together(self) -> Money:
        return self.earlier + self.now


@dataclass(frozen=True, slots=True)
class Splitting:
    """The sum of 90 days, and the threshold that only the sum exceeds (None: no such one)."""

    need: SameNeed
    exceeded: Money | None = None
    name: str = ""

    @property
    def text(self) -> str:
        """The sentences of checkout and memo."""
        need = self.need
        if not need.orders:
            return f"{need.lot}: in den 90 Tagen davor kein weiterer Abruf."
        called = "1 Abruf" if need.orders == 1 else f"{need.orders} Abrufe"
        told = (
            f"{need.lot}: in den 90 Tagen davor {called} über {euro(need.earlier)} netto, "
            f"mit diesem zusammen {euro(need.together)}."
        )
        if self.exceeded is None:
            return told
        return (
            f"{told} Erst die Summe liegt über {euro(self.exceeded)} ({self.name}). "
            "Für Abrufe aus der Rahmenvereinbarung gilt diese Grenze nicht; bei einzelnen "
            "Vergaben wäre der Bedarf zusammen zu schätzen (§ 3 Abs. 2 VgV)."
        )


def splitting(need: SameNeed, day: date) -> Splitting:
    """The highest threshold of the dated tables that the sum exceeds and the order does not."""
    land = land_thresholds(day)
    european, _table = eu_threshold(day, utility=False)
    bounds = (
        (european, "EU-Schwellenwert, § 106 GWB"),
        (land.negotiated, f"Verhandlungsvergabe, {land.ordinance}"),
        (land.direct_order, f"Direktauftrag, {land.ordinance}"),
    )
    for bound, name in bounds:
        if need.orders and need.now <= bound < need.together:
            return Splitting(need, bound, name)
    return Splitting(need)


def needs_of(
    wanted: Iterable[tuple[int, str, Money]], earlier: dict[int, tuple[Money, int]]
) -> tuple[SameNeed, ...]:
    """Lines as (lot id, its name, net), summed up by lot beside what was called off before."""
    names: dict[int, str] = {}
    sums: dict[int, Money] = {}
    for lot_id, name, net in wanted:
        names[lot_id] = name
        sums[lot_id] = sums.get(lot_id, NOTHING) + net
    return tuple(
        SameNeed(names[lot_id], *earlier.get(lot_id, (NOTHING, 0)), now=net)
        for lot_id, net in sums.items()
    )
