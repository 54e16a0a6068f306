"""What was drawn, added up for the forecast."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.frameworks.outlook.drawn import drawn_lately, recorded_since
from app.frameworks.outlook.rules_forecast import Use
from app.frameworks.records import CeilingMovement, Lot
from app.frameworks.rules_ceiling import CeilingMove, Measure
from app.kernel.money import Money
from tests.support.world import settled


def moved(
    lot: Lot, at: datetime, cents: int, pieces: int, move: CeilingMove = CeilingMove.RESERVE
) -> dict[str, object]:
    return {
        "lot_id": lot.id,
        "move": move,
        "subject": "1500-2026-0001",
        "reserved_value": Money(cents),
        "called_off_value": Money(0),
        "reserved_quantity": pieces,
        "called_off_quantity": 0,
        "at": at,
    }


@pytest.mark.parametrize(
    ("midnight", "before", "after"),
    [
        (datetime(2026, 7, 14, 22, tzinfo=UTC), date(2026, 7, 14), date(2026, 7, 15)),
        (datetime(2026, 1, 14, 23, tzinfo=UTC), date(2026, 1, 14), date(2026, 1, 15)),
    ],
    ids=["summer", "winter"],
)
def test_draws_count_for_their_day_and_each_as_an_order(
    session: Session, midnight: datetime, before: date, after: date
) -> None:
    settled(session)
    lot = session.get_one(Lot, 1)
    late = midnight.replace(hour=midnight.hour - 1, minute=59, second=59, microsecond=999_999)
    early = midnight.replace(minute=30)
    rows = [
        moved(lot, late, 500, 2),
        moved(lot, late.replace(minute=1), 300, 1),
        moved(lot, late.replace(minute=2), -300, -1, CeilingMove.RELEASE),
        moved(lot, midnight, 70, 7),
        moved(lot, early, 9_999, 99, CeilingMove.OPENING),
    ]
    session.execute(insert(CeilingMovement), rows)

    (drawn,) = drawn_lately(session, [lot], after).values()

    def by_day(measure: Measure) -> list[Use]:
        return sorted(drawn[measure], key=lambda use: use.day)

    assert by_day(Measure.VALUE) == [Use(before, 500, 2), Use(after, 70, 1)]
    assert by_day(Measure.QUANTITY) == [Use(before, 2, 2), Use(after, 7, 1)]
    assert recorded_since(session, [lot], after) == before
