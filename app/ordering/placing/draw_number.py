"""Numbers without gaps: drawn inside the transaction that uses them, as late as possible."""

from typing import Any

from sqlalchemy import Update, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.next_id import next_id
from app.database.straight import connection_of, fetch_one
from app.ordering.placing.records import NumberSeries
from app.ordering.records import CallOff

_SERIES = table_of(NumberSeries)
_STEP = (
    update(_SERIES)
    .where(_SERIES.c.series == bindparam("drawn_from"))
    .values(last=_SERIES.c.last + 1)
    .returning(_SERIES.c.last)
)
_STEP_OF_ORDER = _STEP.returning(next_id(table_of(CallOff)).label("next"))


def draw_number(session: Session, series: str) -> int:
    """The next number of `series`, from 1; a rollback gives it back (never a SEQUENCE)."""
    return int(_drawn(session, _STEP, series).last)


def draw_order(session: Session, series: str) -> tuple[int, int]:
    """The next number of `series`, and the id of the order that is written under it."""
    drawn = _drawn(session, _STEP_OF_ORDER, series)
    return drawn.last, drawn.next


def _drawn(session: Session, step: Update, series: str) -> Any:
    drawn = fetch_one(session, step, {"drawn_from": series})
    if drawn is None:
        connection = connection_of(session)
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(
            dialect.insert(NumberSeries).values(series=series, last=0).on_conflict_do_nothing()
        )
        drawn = fetch_one(session, step, {"drawn_from": series})
    return drawn
