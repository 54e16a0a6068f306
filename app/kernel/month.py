"""A calendar month, the period of the council report."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Self

from app.kernel.legal_day import start_of_day

NAMES: Final = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
WRITTEN: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """`2026-10`; None where the text is no month between 2000 and 2099."""
        found = WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """The first instant of the month in Germany, in UTC."""
        return start_of_day(self.first)

    @property
    def ends(self) -> datetime:
        """The first instant after the month in Germany, in UTC."""
        return self.next().begins

    @property
    def text(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def german(self) -> str:
        return f"{NAMES[self.month - 1]} {self.year}"

    def next(self) -> "Month":
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
