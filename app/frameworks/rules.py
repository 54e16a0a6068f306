"""Terms of agreements: the longest term, and where an option to extend leads."""

from datetime import date, timedelta
from typing import Final

from app.kernel.month import months_after

LONGEST_TERM_MONTHS: Final = 48


def extended_to(valid_to: date, months: int) -> date:
    """The last day after an extension: the months count from the day after the old end."""
    return months_after(valid_to + timedelta(days=1), months) - timedelta(days=1)


def longest_end(valid_from: date) -> date:
    """The last day of four years, § 21 Abs. 6 VgV."""
    return months_after(valid_from, LONGEST_TERM_MONTHS) - timedelta(days=1)
