"""The steps in which prices and delivery times are offered as filters."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.kernel.german import SPACE, number
from app.kernel.unit_price import UnitPrice

STEPS: Final = (50, 100, 250, 500, 1000, 2500, 5000)  # euros
AMOUNT: Final = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,2})?")
DAY_STEPS: Final = (3, 5, 10, 20)  # working days
LONGER: Final = "mehr"
SPAN: Final = "price_span"
"""What is chosen beside the steps: both prices, in euros, as `120.00-300.00`."""


@dataclass(frozen=True, slots=True)
class Band:
    """Prices of `low <= price < high` euros; `high` is None at the top."""

    low: int
    high: int | None

    @property
    def key(self) -> str:
        return f"{self.low}-{'' if self.high is None else self.high}"

    @property
    def text(self) -> str:
        if self.high is None:
            return f"ab {number(self.low)}{SPACE}€"
        if not self.low:
            return f"unter {number(self.high)}{SPACE}€"
        return f"{number(self.low)} bis unter {number(self.high)}{SPACE}€"

    @property
    def limit(self) -> UnitPrice | None:
        return None if self.high is None else UnitPrice.euros(self.high)


BANDS: Final = tuple(Band(low, high) for low, high in zip((0, *STEPS), (*STEPS, None), strict=True))
DAYS: Final = (
    *((str(step), f"bis {step} Arbeitstage") for step in DAY_STEPS),
    (LONGER, f"mehr als {DAY_STEPS[-1]} Arbeitstage"),
)


def days_key(days: int) -> str:
    """The step that a delivery time falls into."""
    return next((str(step) for step in DAY_STEPS if days <= step), LONGER)


def days_between(key: str) -> tuple[int, int | None] | None:
    """The days above the first and up to the second number; None for an unknown key."""
    if key == LONGER:
        return DAY_STEPS[-1], None
    if key not in {str(step) for step in DAY_STEPS}:
        return None
    at = DAY_STEPS.index(int(key))
    return (DAY_STEPS[at - 1] if at else -1), DAY_STEPS[at]


def prices_between(key: str) -> tuple[UnitPrice | None, UnitPrice | None] | None:
    """The lowest and the highest price that fit, inclusive; None for an unknown key."""
    low, dash, high = key.partition("-")
    if not dash or not all(AMOUNT.fullmatch(part) for part in (low, high) if part):
        return None
    return (
        UnitPrice.euros(low) if low else None,
        UnitPrice.euros(high) if high else None,
    )


def span_key(low: Decimal | None, high: Decimal | None) -> str:
    """The key of two prices in euros, rounded to cents; '' without both."""
    if low is None and high is None:
        return ""
    return "-".join("" if price is None else f"{price:.2f}" for price in (low, high))
