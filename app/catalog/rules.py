"""Which price counts, which lot an article belongs to, which quantity may be ordered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from app.kernel.unit_price import UnitPrice
from app.kernel.vat import STANDARD_RATE

# Goods whose pieces are delivered with serial numbers: computers, monitors, printers, servers.
SERIAL_CPV: Final = ("3021", "30231", "30232", "488", "3242")
# § 13b Abs. 2 Nr. 10 UStG: tablets, mobile phones, consoles, integrated circuits.
REVERSE_CHARGE_CPV: Final = ("302132", "3225", "317122", "375241")
SHORTEST_LIKENESS: Final = 3  # leading digits of the CPV that article and lot must share


class Change(StrEnum):
    """What a draft version does to an article."""

    NEW = "new"
    CHANGED = "changed"
    REGROUPED = "regrouped"
    REMOVED = "removed"


class Stop(StrEnum):
    """Why an article of a draft may not be published as it is."""

    RISE_FORBIDDEN = "rise_forbidden"
    OUTSIDE_CORRIDOR = "outside_corridor"
    PRICE_LOST = "price_lost"


class PriceRow(NamedTuple):
    """A price as stored: valid on `valid_from <= day < valid_to`."""

    unit_price: UnitPrice
    lower_bound: int
    valid_from: date
    valid_to: date | None
    catalog_version_id: int

    @property
    def counts(self) -> bool:
        """Not withdrawn: a period that ends on its first day has none."""
        return self.valid_to is None or self.valid_from < self.valid_to

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def price_for(rows: Iterable[PriceRow], quantity: int, on: date) -> PriceRow | None:
    """The one price resolver: newest version, latest begun period, largest bound reached.

    Below the lowest bound there is no price; whoever shows or charges a price asks here.
    """
    best: PriceRow | None = None
    for row in rows:
        if row.lower_bound > quantity or not row.valid_on(on):
            continue
        if best is None or _rank(row) > _rank(best):
            best = row
    return best


def _rank(row: PriceRow) -> tuple[int, date, int]:
    return row.catalog_version_id, row.valid_from, row.lower_bound


def last_day(price: PriceRow, framework_ends: date) -> date:
    """The last day on which the price can be ordered at."""
    if price.valid_to is None:
        return framework_ends
    return min(date.fromordinal(price.valid_to.toordinal() - 1), framework_ends)


def quantity_fits(quantity: int, minimum: int, interval: int) -> bool:
    """BMEcat counts the interval from the minimum: 5, 7, 9."""
    return quantity >= minimum and (quantity - minimum) % interval == 0


@dataclass(frozen=True, slots=True)
class LotFacts:
    id: int
    number: int
    cpv: str


def lot_for(lots: tuple[LotFacts, ...], named: int | None, cpv: str) -> LotFacts | None:
    """The lot the file names, else the only one, else the one whose CPV is most alike."""
    if named is not None:
        return next((lot for lot in lots if lot.number == named), None)
    if len(lots) == 1:
        return lots[0]
    alike = max(lots, key=lambda lot: (_likeness(lot.cpv, cpv), -lot.number), default=None)
    if alike is None or _likeness(alike.cpv, cpv) < SHORTEST_LIKENESS:
        return None
    return alike


def _likeness(first: str, second: str) -> int:
    """How many leading digits are the same."""
    same = (one == other for one, other in zip(first, second, strict=False))
    return next(
        (place for place, equal in enumerate(same) if not equal), min(len(first), len(second))
    )


def has_serial_numbers(cpv: str) -> bool:
    return cpv.startswith(SERIAL_CPV)


def may_reverse_charge(cpv: str) -> bool:
    return cpv.startswith(REVERSE_CHARGE_CPV)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether an article can be ordered on a day, besides lot and membership."""

    active: bool
    has_price: bool
    had_price: bool
    tax_percent: int


def why_not_orderable(standing: Standing) -> tuple[str, str] | None:
    """Refusal code of the contract and a German sentence; None where it can be ordered."""
    if not standing.active:
        return "article_not_orderable", "Dieser Artikel ist nicht mehr im Katalog."
    if standing.tax_percent != STANDARD_RATE:
        return (
            "article_not_orderable",
            f"Artikel mit {standing.tax_percent} % Umsatzsteuer sind noch nicht abrufbar.",
        )
    if standing.has_price:
        return None
    if standing.had_price:
        return "price_not_valid", "Für diesen Artikel gilt heute kein Preis."
    return "article_not_orderable", "Für diesen Artikel gibt es nur einen Preis auf Anfrage."
