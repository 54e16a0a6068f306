"""Days as the law counts them: the calendar of Berlin, not of UTC."""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")


def legal_day(now: datetime) -> date:
    """The day in Germany at the instant `now`; `now.date()` would end a term hours late."""
    return now.astimezone(BERLIN).date()


def start_of_day(day: date) -> datetime:
    """The first instant of `day` in Germany, in UTC."""
    return datetime.combine(day, time.min, BERLIN).astimezone(UTC)
