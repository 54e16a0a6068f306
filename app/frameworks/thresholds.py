"""EU thresholds for supplies of sub-central authorities by date; a table because they change."""

from datetime import date
from typing import Final

from app.kernel.money import Money

# From, ordinary, utilities (§ 106 GWB; the European Commission renews them every two years).
EU_THRESHOLDS: Final = (
    (date(2024, 1, 1), Money.euros(221_000), Money.euros(443_000)),
    (date(2026, 1, 1), Money.euros(216_000), Money.euros(432_000)),
)


def eu_threshold(day: date, *, utility: bool) -> tuple[Money, str]:
    """The threshold in force on `day` and the year of its table; the first for earlier days."""
    began = [row for row in EU_THRESHOLDS if row[0] <= day] or [EU_THRESHOLDS[0]]
    start, ordinary, utilities = began[-1]
    return (utilities if utility else ordinary), str(start.year)
