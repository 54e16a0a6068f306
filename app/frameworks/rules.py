"""Terms of agreements: the longest term, and where an option to extend leads."""

from datetime import date, timedelta
from typing import Final

from app.kernel.month import months_after

LONGEST_TERM_MONTHS: Final = 48


def extended_to(valid_to: date, months: int) -> date:
    """The last day after an extension: the months count from the day after the old end."""
    return _last_day(valid_to + timedelta(days=1), months)


def longest_end(valid_from: date) -> date:
    """The last day of four years, § 21 Abs. 6 VgV."""
    return _last_day(valid_from, LONGEST_TERM_MONTHS)


def _last_day(begins: date, months: int) -> date:
    """§ 188 Abs. 2 and 3 BGB: the day before, or the last one of a month without such a day."""
    after = months_after(begins, months)
    return after if after.day < begins.day else after - timedelta(days=1)
