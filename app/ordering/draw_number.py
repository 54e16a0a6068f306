"""Numbers without gaps: drawn inside the transaction that uses them, as late as possible."""

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.ordering.records import NumberSeries

_SERIES = table_of(NumberSeries)
_STEP = (
    update(_SERIES)
    .where(_SERIES.c.series == bindparam("drawn_from"))
    .values(last=_SERIES.c.last + 1)
    .returning(_SERIES.c.last)
)


def draw_number(session: Session, series: str) -> int:
    """The next number of `series`, from 1; a rollback gives it back (never a SEQUENCE)."""
    connection = session.connection()
    drawn: int | None = connection.execute(_STEP, {"drawn_from": series}).scalar_one_or_none()
    if drawn is None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(
            dialect.insert(NumberSeries).values(series=series, last=0).on_conflict_do_nothing()
        )
        drawn = connection.execute(_STEP, {"drawn_from": series}).scalar_one()
    return int(drawn)
