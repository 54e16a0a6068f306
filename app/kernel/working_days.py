"""Working days: Monday to Friday without the public holidays of the Land."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from holidays import country_holidays

LAND: Final = "ST"
FRIDAY: Final = 4


@cache
def _holidays(land: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("DE", subdiv=land, years=year))


def is_working_day(day: date, land: str = LAND) -> bool:
    return day.weekday() <= FRIDAY and day not in _holidays(land, day.year)


def after_working_days(day: date, count: int, land: str = LAND) -> date:
    """The day `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, land)
    return day
