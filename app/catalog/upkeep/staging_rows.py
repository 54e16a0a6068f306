"""Rows of a draft: where they go and how they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogEntry
from app.catalog.rules import LotFacts
from app.catalog.upkeep.tell_articles import Place
from app.database.base import table_of
from app.database.bulk import insert_rows
from app.frameworks.records import Framework, Lot
from app.kernel.errors import FieldError, Malformed

DEFAULTS: Final[Mapping[str, Any]] = {
    "catalog_version_id": None,
    "sku": "",
    "line": 0,
    "change": None,
    "name": "",
    "category": "",
    "old_price": None,
    "new_price": None,
    "stop": None,
    "stop_reason": "",
    "content_sha256": "",
    "text_digest": "",
    "quiet_until": None,
    "content": "{}",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the articles of a file go; without a version (dry run) nothing is written."""

    framework_id: int
    framework: str
    lots: tuple[LotFacts, ...]
    lot: int | None
    version_id: int | None
    today: date

    @property
    def place(self) -> Place:
        return Place(self.lots, self.lot, self.today)


def target_of(
    session: Session, framework: Framework, lot: int | None, version_id: int | None, today: date
) -> Target:
    """Malformed for a lot that the agreement does not have."""
    rows = session.execute(
        select(Lot.id, Lot.number, Lot.cpv)
        .where(Lot.framework_id == framework.id)
        .order_by(Lot.number)
    )
    lots = tuple(LotFacts(row.id, row.number, row.cpv or "") for row in rows)
    if lot is not None and lot not in {one.number for one in lots}:
        text = f"Der Rahmenvertrag {framework.number} hat kein Los {lot}."
        raise Malformed(FieldError("lot", "lot_unknown", text))
    return Target(framework.id, framework.number, lots, lot, version_id, today)


def insert_entries(session: Session, target: Target, rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row says what differs from an empty entry of the version."""
    empty = {**DEFAULTS, "catalog_version_id": target.version_id}
    insert_rows(
        session,
        table_of(CatalogEntry),
        tuple(DEFAULTS),
        ([row.get(name, value) for name, value in empty.items()] for row in rows),
    )
