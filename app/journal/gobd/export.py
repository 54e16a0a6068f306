"""One table of the export: what it looks like and the statement that reads its rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.journal.gobd.layout import Column, Table, Value
from app.kernel.legal_day import start_of_day
from app.ordering.records import CallOff

ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Period:
    """Whose rows of which days, both included; `member_key` is empty for all members."""

    tenant: Tenant
    member_key: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return start_of_day(self.first)

    @property
    def ends(self) -> datetime:
        return start_of_day(self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Export:
    """One table with the statement that reads it."""

    table: Table
    rows: Callable[[Period], Select[*tuple[Any, ...]]]

    def read(self, session: Session, period: Period) -> Iterator[tuple[Value, ...]]:
        found = session.execute(self.rows(period).execution_options(yield_per=ROWS_AT_ONCE))
        for row in found:
            yield tuple(getattr(value, "value", value) for value in row)


def ordered_in(period: Period) -> tuple[Any, ...]:
    """Conditions: orders of these members, submitted on these days."""
    return (
        period.tenant.owns(CallOff.member_id),
        CallOff.submitted_at >= period.begins,
        CallOff.submitted_at < period.ends,
    )


def text_columns(*names: str) -> tuple[Column, ...]:
    """Columns of text without more to say about them."""
    return tuple(Column(name) for name in names)


def coded_column(name: str, words: Mapping[Any, str]) -> Column:
    """A column of codes; its description says what each of them means."""
    return Column(name, about=", ".join(f"{code.value} {word}" for code, word in words.items()))
