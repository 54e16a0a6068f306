"""The lots and categories that articles stand in: few rows, read once per state of the catalog."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.records import Category
from app.database.marks import CATALOG, Kept
from app.frameworks.records import Framework, Lot


@dataclass(frozen=True, slots=True)
class Shelf:
    """A lot with what the search needs of its agreement."""

    lot_id: int
    lot: int
    lot_title: str
    framework: str
    framework_title: str
    valid_from: date
    valid_to: date
    delivery_days: int

    @property
    def key(self) -> str:
        """How an address names the lot: `RV-1/2`."""
        return f"{self.framework}/{self.lot}"

    def runs_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Shelves:
    by_lot: dict[int, Shelf]
    categories: dict[str, str]

    def lots_of(self, frameworks: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(one.lot_id for one in self.by_lot.values() if one.framework in frameworks)

    def lots_called(self, keys: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(one.lot_id for one in self.by_lot.values() if one.key in keys)


KEPT: Final[Kept[Shelves]] = Kept(most=20, marks=(CATALOG,))


def shelves(session: Session) -> Shelves:
    return KEPT.get(session, "shelves", lambda: _read(session))


def _read(session: Session) -> Shelves:
    lots = session.execute(
        select(
            Lot.id,
            Lot.number,
            Lot.title,
            Framework.number,
            Framework.title,
            Framework.valid_from,
            Framework.valid_to,
            Framework.delivery_days,
        )
        .join(Framework, Framework.id == Lot.framework_id)
        .order_by(Framework.number, Lot.number)
    ).all()
    categories = session.execute(select(Category.slug, Category.name)).all()
    return Shelves({row[0]: Shelf(*row) for row in lots}, dict(categories))
