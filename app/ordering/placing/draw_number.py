"""Numbers without gaps: drawn inside the transaction that uses them, as late as possible."""

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.straight import connection_of, fetch_one
from app.ordering.placing.records import NumberSeries

_SERIES = table_of(NumberSeries)
_STEP = (
    update(_SERIES)
    .where(_SERIES.c.series == bindparam("drawn_from"))
    .values(last=_SERIES.c.last + 1)
    .returning(_SERIES.c.last)
)


def draw_number(session: Session, series: str) -> int:
    """The next number of `series`, from 1; a rollback gives it back (never a SEQUENCE)."""
    drawn = fetch_one(session, _STEP, {"drawn_from": series})
    if drawn is None:
        connection = connection_of(session)
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(
            dialect.insert(NumberSeries).values(series=series, last=0).on_conflict_do_nothing()
        )
        drawn = fetch_one(session, _STEP, {"drawn_from": series})
    return int(drawn.last)
