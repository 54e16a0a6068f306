"""Value added tax, computed on the sum of the net lines of a rate (EN 16931, BR-CO-17)."""

from decimal import Decimal
from typing import Final

from app.kernel.money import Money

STANDARD_RATE: Final = 19  # percent, § 12 Abs. 1 UStG


def vat_on(net: Money, percent: int) -> Money:
    """The tax on `net`, half up to the cent."""
    return Money.euros(Decimal(net.cents * percent) / 10_000)
