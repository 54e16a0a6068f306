"""Looking at every ceiling as it stands: alerts that no draw has set off are caught up with."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.drawing.raise_alerts import raise_alerts
from app.frameworks.queries import all_frameworks
from app.frameworks.records import Framework, Lot, MemberQuota
from app.frameworks.rules_ceiling import (
    TOTAL_PERCENTS,
    Crossing,
    Level,
    Place,
    level_of,
    percents_of,
    reached,
)
from app.kernel.legal_day import legal_day
from app.kernel.money import Money


def watch_ceilings(session: Session, now: datetime) -> int:
    """After a ceiling was lowered or alerts were changed; how many alerts are new."""
    return raise_alerts(session, list(_reached(session, now)), now)


def _reached(session: Session, now: datetime) -> Iterator[Crossing]:
    for found in all_frameworks(session):
        if not found.runs_on(legal_day(now)):
            continue
        framework = found.framework
        yield from reached(Place(framework.id), TOTAL_PERCENTS, total_level(framework, found.lots))
        for lot in found.lots:
            percents = percents_of(lot.alert_percents)
            yield from reached(Place(framework.id, lot.id), percents, level_of(lot))
            if lot.has_quotas:
                for quota in _quotas(session, lot.id):
                    place = Place(framework.id, lot.id, quota.member_id)
                    yield from reached(place, percents, level_of(quota))


def total_level(framework: Framework, lots: tuple[Lot, ...]) -> Level:
    """How full all lots are together, of the agreement's own ceiling."""
    value = Money.total(lot.reserved_value + lot.called_off_value for lot in lots)
    most = framework.maximum_value
    return Level(
        value.cents,
        sum(lot.reserved_quantity + lot.called_off_quantity for lot in lots),
        None if most is None else most.cents,
        framework.maximum_quantity,
    )


def _quotas(session: Session, lot_id: int) -> Iterator[MemberQuota]:
    yield from session.scalars(
        select(MemberQuota).where(MemberQuota.lot_id == lot_id).order_by(MemberQuota.id)
    )
