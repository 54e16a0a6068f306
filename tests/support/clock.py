"""One instant for all tests: a Saturday noon in autumn."""

from datetime import UTC, date, datetime
from typing import Final

NOON: Final = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 21)
