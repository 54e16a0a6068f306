"""Numbers without gaps: drawn inside the transaction that uses them, as late as possible."""

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.ordering.records import NumberSeries


def draw_number(session: Session, series: str) -> int:
    """The next number of `series`, from 1; a rollback gives it back (never a SEQUENCE)."""
    step = (
        update(NumberSeries)
        .where(NumberSeries.series == series)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    )
    drawn = session.execute(step).scalar_one_or_none()
    if drawn is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(
            dialect.insert(NumberSeries).values(series=series, last=0).on_conflict_do_nothing()
        )
        drawn = session.execute(step).scalar_one()
    return drawn
