"""Prices per unit in ten-thousandths of a euro: print contracts bill fractions of a cent."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from app.kernel.money import Money

TEN_THOUSANDTH = Decimal("0.0001")
MINIMUM_DECIMALS = 2


@dataclass(frozen=True, order=True, slots=True)
class UnitPrice:
    """A net price per order unit in integer ten-thousandths of a euro."""

    ten_thousandths: int

    @classmethod
    def euros(cls, amount: Decimal | int | str) -> Self:
        """`amount` in euros, rounded half up to four decimals."""
        return cls(int(Decimal(amount).quantize(TEN_THOUSANDTH, ROUND_HALF_UP) * 10_000))

    @property
    def decimal(self) -> Decimal:
        return (Decimal(self.ten_thousandths) / 10_000).quantize(TEN_THOUSANDTH)

    @property
    def text(self) -> str:
        """For machines: two decimals, up to four where the price has them."""
        whole, _, fraction = str(self.decimal).partition(".")
        return f"{whole}.{fraction.rstrip('0').ljust(MINIMUM_DECIMALS, '0')}"

    def times(self, quantity: int) -> Money:
        """The line's net amount: the only place where a unit price is rounded to cents."""
        return Money.euros(Decimal(self.ten_thousandths * quantity) / 10_000)
