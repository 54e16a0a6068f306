"""What became of remembered prices: pure. An old price is never ordered at silently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.kernel.unit_price import UnitPrice


class Change(StrEnum):
    GONE = "gone"
    NOT_ORDERABLE = "not_orderable"
    DEARER = "dearer"
    CHEAPER = "cheaper"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A line as it was: ordered earlier or put aside; no price where it had none."""

    sku: str
    quantity: int
    name: str
    unit_price: UnitPrice | None
    term: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The same line now; `obstacle` says why it cannot be ordered."""

    unit_price: UnitPrice | None
    obstacle: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One line that is not as it was."""

    sku: str
    name: str
    change: Change
    old: UnitPrice | None
    new: UnitPrice | None
    reason: str = ""

    @property
    def percent(self) -> Decimal | None:
        """By how much the price moved, as a share; None where a price is missing."""
        if self.old is None or self.new is None or not self.old.ten_thousandths:
            return None
        moved = self.new.ten_thousandths - self.old.ten_thousandths
        return Decimal(moved) / Decimal(self.old.ten_thousandths)


def changes(remembered: Iterable[Remembered], today: Mapping[str, Today]) -> tuple[Changed, ...]:
    """In the order of `remembered`; what is as it was is left out, and so is a price for none."""
    return tuple(found for line in remembered if (found := _change(line, today.get(line.sku))))


def _change(line: Remembered, now: Today | None) -> Changed | None:
    old = line.unit_price
    if now is None:
        reason = "Der Artikel ist nicht mehr im Katalog."
        return Changed(line.sku, line.name, Change.GONE, old, None, reason)
    if now.obstacle is not None:
        return Changed(line.sku, line.name, Change.NOT_ORDERABLE, old, None, now.obstacle)
    if old is None or now.unit_price is None or now.unit_price == old:
        return None
    change = Change.DEARER if now.unit_price > old else Change.CHEAPER
    return Changed(line.sku, line.name, change, old, now.unit_price)
