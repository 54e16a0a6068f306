"""Named reads of agreements and lots: every member may see them, they hold nobody's data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.records import Framework, Lot
from app.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class FrameworkWithLots:
    """An agreement with its lots in order."""

    framework: Framework
    lots: tuple[Lot, ...]

    def runs_on(self, day: date) -> bool:
        return self.framework.valid_from <= day <= self.framework.valid_to

    @property
    def used_percent(self) -> int:
        """Of the fullest lot: what the first refusal will come from."""
        return max((lot.used_percent for lot in self.lots), default=0)


def titles(session: Session, framework_ids: tuple[int, ...]) -> dict[int, str]:
    rows = session.execute(
        select(Framework.id, Framework.title).where(Framework.id.in_(framework_ids))
    ).all()
    return {row.id: row.title for row in rows}


def all_frameworks(session: Session) -> tuple[FrameworkWithLots, ...]:
    """By number."""
    frameworks = session.scalars(select(Framework).order_by(Framework.number)).all()
    lots: dict[int, list[Lot]] = {}
    for lot in session.scalars(select(Lot).order_by(Lot.framework_id, Lot.number)):
        lots.setdefault(lot.framework_id, []).append(lot)
    return tuple(FrameworkWithLots(one, tuple(lots.get(one.id, ()))) for one in frameworks)


def framework(session: Session, number: str) -> FrameworkWithLots:
    """NotFound where no agreement has this number."""
    found = session.scalars(select(Framework).where(Framework.number == number)).one_or_none()
    if found is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.")
    lots = session.scalars(
        select(Lot).where(Lot.framework_id == found.id).order_by(Lot.number)
    ).all()
    return FrameworkWithLots(found, tuple(lots))


def changes(session: Session, framework_id: int) -> Sequence[FrameworkChange]:
    """The latest first."""
    return session.scalars(
        select(FrameworkChange)
        .where(FrameworkChange.framework_id == framework_id)
        .order_by(FrameworkChange.id.desc())
    ).all()
