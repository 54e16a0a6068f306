"""What a fair share of an agreement would be for each member: a guide, no limit. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.kernel.money import NOTHING, Money


class Basis(StrEnum):
    """By what the ceiling is thought to be divided."""

    EQUAL = "gleich"
    DEMAND = "bedarf"


BASIS_WORDS: Final = {
    Basis.EQUAL: "zu gleichen Teilen",
    Basis.DEMAND: "nach Beschaffungen im Jahr",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A member that may call off: its weight, and what it has drawn."""

    key: str
    name: str
    weight: int
    drawn: Money


@dataclass(frozen=True, slots=True)
class FairShare:
    """A member's part of the ceiling beside what it has drawn."""

    claim: Claim
    share: Money

    @property
    def left(self) -> Money:
        """Below zero where the member has drawn more than its part."""
        return self.share - self.claim.drawn

    @property
    def over(self) -> bool:
        return self.left < NOTHING

    @property
    def percent(self) -> int | None:
        """Of the part, in whole percent rounded down; None where there is no part."""
        return self.claim.drawn.cents * 100 // self.share.cents if self.share else None


def fair_shares(total: Money, claims: Sequence[Claim]) -> tuple[FairShare, ...]:
    """The parts add up to `total` to the cent; without any weight all parts are equal.

    Cents that do not divide go to the largest remainders, among equals in the order of the keys.
    """
    ordered = sorted(claims, key=lambda claim: claim.key)
    whole = sum(claim.weight for claim in ordered)
    weights = [claim.weight for claim in ordered] if whole else [1] * len(ordered)
    whole = whole or len(ordered)
    if not ordered:
        return ()
    parts = [total.cents * weight // whole for weight in weights]
    rests = [total.cents * weight % whole for weight in weights]
    missing = total.cents - sum(parts)
    for place in sorted(range(len(parts)), key=lambda place: (-rests[place], place))[:missing]:
        parts[place] += 1
    found = (FairShare(claim, Money(part)) for claim, part in zip(ordered, parts, strict=True))
    return tuple(sorted(found, key=lambda one: (one.left.cents, one.claim.name)))
