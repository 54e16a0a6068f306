"""What was drawn on lots, as the forecast counts it: added up by the database."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import BigInteger, func, literal_column, select, type_coerce
from sqlalchemy.orm import Session

from app.database.types import UtcDateTime
from app.frameworks.outlook.rules_forecast import MOST_WEEKS, WEEK, Use
from app.frameworks.records import CeilingMovement, Lot
from app.frameworks.rules_ceiling import CeilingMove, Measure
from app.kernel.legal_day import legal_day, start_of_day

# An opening stock and corrections are no use of that day; placing only changes the column.
NO_USE: Final = (CeilingMove.OPENING, CeilingMove.CORRECT, CeilingMove.CALL_OFF)
Drawn = Mapping[Measure, Sequence[Use]]
NOTHING_DRAWN: Final[Drawn] = {Measure.VALUE: (), Measure.QUANTITY: ()}

# Days begin in the Land at a full hour of UTC, which both databases can tell.
_HOUR: Final = {
    "postgresql": func.date_trunc(
        literal_column("'hour'"), CeilingMovement.at, type_=UtcDateTime()
    ),
    "sqlite": func.strftime(
        literal_column("'%Y-%m-%d %H:00:00.000000'"), CeilingMovement.at, type_=UtcDateTime()
    ),
}


def drawn_lately(session: Session, lots: Sequence[Lot], today: date) -> dict[int, Drawn]:
    """What was drawn in the weeks that a forecast looks at, by lot."""
    moved = CeilingMovement
    begins = start_of_day(today - timedelta(days=MOST_WEEKS * WEEK))
    hour = _HOUR[session.get_bind().dialect.name]
    value = type_coerce(moved.reserved_value + moved.called_off_value, BigInteger())
    pieces = moved.reserved_quantity + moved.called_off_quantity
    rows = session.execute(
        select(
            moved.lot_id,
            hour,
            func.sum(value),
            func.count().filter(value > 0),
            func.sum(pieces),
            func.count().filter(pieces > 0),
        )
        .where(
            moved.lot_id.in_([lot.id for lot in lots]),
            moved.at >= begins,
            moved.move.not_in(NO_USE),
        )
        .group_by(moved.lot_id, hour)
    )
    found: dict[int, dict[Measure, list[Use]]] = {}
    for lot_id, at, cents, orders, units, orders_of_units in rows:
        of_lot = found.setdefault(lot_id, {measure: [] for measure in Measure})
        on = legal_day(at)
        of_lot[Measure.VALUE].append(Use(on, int(cents), orders))
        of_lot[Measure.QUANTITY].append(Use(on, int(units), orders_of_units))
    return dict(found)


def recorded_since(session: Session, lots: Sequence[Lot], today: date) -> date:
    """Since when the portal keeps the books of this agreement."""
    first = session.scalar(
        select(func.min(CeilingMovement.at)).where(
            CeilingMovement.lot_id.in_([lot.id for lot in lots])
        )
    )
    return today if first is None else legal_day(first)
