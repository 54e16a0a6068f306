"""Shares of members, terms that end, and framework prices against the market. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

ENDS_SOON: Final = (30, 90, 180)


class Term(StrEnum):
    """How near the last day is; the words stand in the template."""

    OVER = "over"
    WITHIN_30 = "within_30"
    WITHIN_90 = "within_90"
    WITHIN_180 = "within_180"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class MemberUse:
    """What one member has drawn; without a key it is nobody's, such as an opening stock."""

    key: str | None
    name: str
    called_off: Money
    reserved: Money
    pieces: int
    quota_percent: int | None = None
    quota_words: str = ""

    @property
    def drawn(self) -> Money:
        return self.called_off + self.reserved


@dataclass(frozen=True, slots=True)
class MemberShare:
    """A member's use, its share of all members' use, and how often an equal share that is."""

    use: MemberUse
    share: Decimal
    times_equal: Decimal | None


@dataclass(frozen=True, slots=True)
class MarketComparison:
    """The framework price of an article beside the lowest market price that was recorded."""

    sku: str
    name: str
    unit_price: UnitPrice
    market_price: UnitPrice
    seen_on: date
    source: str
    count: int

    @property
    def difference(self) -> Decimal:
        """As a fraction of the market price; above zero the framework is dearer."""
        return (self.unit_price.decimal - self.market_price.decimal) / self.market_price.decimal

    @property
    def dearer(self) -> bool:
        return self.unit_price.ten_thousandths > self.market_price.ten_thousandths


def term_of(last_day: date, today: date) -> Term:
    """The last day itself still counts."""
    left = (last_day - today).days
    if left < 0:
        return Term.OVER
    within = next((days for days in ENDS_SOON if left <= days), None)
    return Term.RUNS if within is None else Term(f"within_{within}")


def shares(uses: tuple[MemberUse, ...], entitled: int) -> tuple[MemberShare, ...]:
    """The largest first. Equal shares are counted over all members that may call off."""
    total = sum(one.drawn.cents for one in uses if one.key is not None)
    found = []
    for one in sorted(uses, key=lambda use: (use.key is None, -use.drawn.cents, use.name)):
        share = Decimal(0)
        if total and one.key is not None:
            share = Decimal(one.drawn.cents) / total
        times = share * entitled if one.key is not None and entitled else None
        found.append(MemberShare(one, share, times))
    return tuple(found)
