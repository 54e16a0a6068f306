"""Amounts of money in whole euro cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

CENT = Decimal("0.01")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in integer cents, EUR only; may be negative (differences, cancellations)."""

    cents: int = 0

    @classmethod
    def euros(cls, amount: Decimal | int | str) -> Self:
        """`amount` in euros, rounded half up to the cent."""
        return cls(int(Decimal(amount).quantize(CENT, ROUND_HALF_UP) * 100))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> Self:
        return cls(sum(amount.cents for amount in amounts))

    @property
    def decimal(self) -> Decimal:
        return (Decimal(self.cents) / 100).quantize(CENT)

    @property
    def text(self) -> str:
        """For machines: `1234.56`."""
        return str(self.decimal)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __mul__(self, factor: int) -> "Money":
        return Money(self.cents * factor)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __bool__(self) -> bool:
        return self.cents != 0


NOTHING = Money(0)
