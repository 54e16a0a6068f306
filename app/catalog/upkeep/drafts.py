"""Reads for those who keep the catalog: versions and what each of them changes."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from app.accounts.records import Person
from app.catalog.formats.values import Transaction
from app.catalog.import_records import CatalogImport
from app.catalog.price_stops import share
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import Change, Stop
from app.catalog.upkeep.changed_parts import UNTOLD, Parts, parts_changed
from app.catalog.upkeep.import_result import remarks_in
from app.catalog.upkeep.kept_catalogs import what_stays
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.kernel.unit_price import UnitPrice

PAGE_SIZE: Final = 50
WHOLE: Final = 1_000_000
MANY: Final = 10
USUAL_SHARE: Final = 5  # every fifth article going is worth a look
CHANGE_WORDS: Final = {
    Change.NEW: "neu",
    Change.CHANGED: "geändert",
    Change.REGROUPED: "andere Warengruppe",
    Change.REMOVED: "entfällt",
}
STOP_WORDS: Final = {
    Stop.RISE_FORBIDDEN: "Erhöhung nicht erlaubt",
    Stop.OUTSIDE_CORRIDOR: "ungewöhnliche Änderung",
    Stop.PRICE_LOST: "Preis fehlt",
}
_OLD = type_coerce(CatalogEntry.old_price, BigInteger)
_NEW = type_coerce(CatalogEntry.new_price, BigInteger)


class Part(StrEnum):
    """The tabs of a version's page; the values stand in its address."""

    ALL = "alle"
    STOPPED = "gestoppt"
    UP = "teurer"
    DOWN = "billiger"
    NEW = "neu"
    GONE = "entfallen"
    OTHER = "sonstiges"


PART_WORDS: Final = {
    Part.ALL: "Alle",
    Part.STOPPED: "Gestoppt",
    Part.UP: "Preis gestiegen",
    Part.DOWN: "Preis gesunken",
    Part.NEW: "Neu",
    Part.GONE: "Entfallen",
    Part.OTHER: "Sonst geändert",
}
_IS: Final[dict[Part, ColumnElement[bool]]] = {
    Part.STOPPED: CatalogEntry.stop.is_not(None),
    Part.UP: and_(CatalogEntry.change != Change.NEW, _NEW > _OLD),
    Part.DOWN: and_(CatalogEntry.change != Change.NEW, _NEW < _OLD),
    Part.NEW: CatalogEntry.change == Change.NEW,
    Part.GONE: CatalogEntry.change == Change.REMOVED,
    Part.OTHER: and_(
        CatalogEntry.change.in_((Change.CHANGED, Change.REGROUPED)),
        func.coalesce(_NEW, -1) == func.coalesce(_OLD, func.coalesce(_NEW, -1)),
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version does to one article."""

    line: int
    sku: str
    name: str
    change: str
    category: str
    old_price: UnitPrice | None
    new_price: UnitPrice | None
    stop: str
    reason: str
    parts: Parts = UNTOLD

    @property
    def share(self) -> Decimal | None:
        """Change of the price as a fraction; None where there is nothing to compare."""
        if not self.old_price or self.new_price is None or self.old_price == self.new_price:
            return None
        return share(self.old_price, self.new_price)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a version's differences are looked at."""

    part: Part = Part.ALL
    typed: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class VersionPage:
    """`releasable`: so many of the stopped articles somebody may let pass with a reason.

    `stays`: of a draft that is a whole catalog, what it cannot take out, and how many.
    """

    version: CatalogVersion
    framework: Framework
    sender: str
    publisher: str
    restored_number: int | None
    newest: bool
    previous_id: int | None
    counts: dict[Part, int]
    releasable: int
    wanted: Wanted
    found: int
    differences: tuple[Difference, ...]
    stays: tuple[str, ...] = ()

    @property
    def remarks(self) -> list[tuple[str, dict[str, Any]]]:
        return remarks_in(self.version.result)

    @property
    def lost(self) -> tuple[int, int] | None:
        """So many of so many published articles go; None where that is nothing unusual."""
        gone = self.counts[Part.GONE]
        unchanged = self.version.result.get("articles_unchanged")
        kept = unchanged if isinstance(unchanged, int) else 0
        before = self.counts[Part.ALL] - self.counts[Part.NEW] + kept
        return (gone, before) if gone >= MANY and gone * USUAL_SHARE >= before else None


def version_page(session: Session, version_id: int, wanted: Wanted | None = None) -> VersionPage:
    """One page of the differences; the largest changes of price first where prices changed."""
    wanted = wanted or Wanted()
    version = session.get(CatalogVersion, version_id)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    restored = version.restores_id and session.get(CatalogVersion, version.restores_id)
    conditions = _conditions(version_id, wanted)
    shown = _entries(wanted).where(*conditions)
    rows = session.execute(shown.offset((wanted.page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    changed = [row.sku for row in rows if row.change is Change.CHANGED]
    parts = parts_changed(session, version, changed)
    return VersionPage(
        version=version,
        framework=session.get_one(Framework, version.framework_id),
        sender=_name(session, version.imported_by),
        publisher=_name(session, version.published_by),
        restored_number=restored.number if restored else None,
        newest=_newest(session, version),
        previous_id=_previous(session, version),
        counts=_counts(session, version_id),
        releasable=_releasable(session, version_id),
        wanted=wanted,
        found=session.scalar(select(func.count()).where(*conditions)) or 0,
        differences=tuple(
            replace(_difference(row), parts=parts.get(row.sku, UNTOLD)) for row in rows
        ),
        stays=_stays(session, version),
    )


def _stays(session: Session, version: CatalogVersion) -> tuple[str, ...]:
    if version.published_at is not None or version.kind is not Transaction.NEW_CATALOG:
        return ()
    wishes = select(CatalogImport.wishes).where(CatalogImport.version_id == version.id)
    return what_stays(session, version, (session.scalars(wishes).first() or {}).get("lot"))


def _releasable(session: Session, version_id: int) -> int:
    stopped = select(func.count()).where(
        CatalogEntry.catalog_version_id == version_id,
        CatalogEntry.stop == Stop.OUTSIDE_CORRIDOR,
    )
    return session.scalar(stopped) or 0


def all_differences(session: Session, version_id: int, limit: int) -> list[Difference]:
    """For a table; stopped articles first."""
    rows = session.execute(
        _entries(Wanted(Part.STOPPED))
        .where(CatalogEntry.catalog_version_id == version_id)
        .limit(limit)
    )
    return [_difference(row) for row in rows]


def _entries(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    by_share = func.abs(_NEW - _OLD) * WHOLE / _OLD
    prices = wanted.part in {Part.UP, Part.DOWN, Part.STOPPED, Part.ALL}
    order = (
        (CatalogEntry.stop.is_(None), case((_OLD > 0, -func.coalesce(by_share, 0)), else_=0))
        if prices
        else ()
    )
    return select(
        CatalogEntry.line,
        CatalogEntry.sku,
        CatalogEntry.name,
        CatalogEntry.change,
        CatalogEntry.category,
        CatalogEntry.old_price,
        CatalogEntry.new_price,
        CatalogEntry.stop,
        CatalogEntry.stop_reason,
    ).order_by(*order, CatalogEntry.id)


def _conditions(version_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [CatalogEntry.catalog_version_id == version_id]
    if wanted.part is not Part.ALL:
        conditions.append(_IS[wanted.part])
    if wanted.typed:
        conditions.append(
            CatalogEntry.sku.icontains(wanted.typed, autoescape=True)
            | CatalogEntry.name.icontains(wanted.typed, autoescape=True)
        )
    return conditions


def _counts(session: Session, version_id: int) -> dict[Part, int]:
    sums = [func.sum(case((condition, 1), else_=0)) for condition in _IS.values()]
    row = session.execute(
        select(func.count(), *sums).where(CatalogEntry.catalog_version_id == version_id)
    ).one()
    return {part: count or 0 for part, count in zip((Part.ALL, *_IS), row, strict=True)}


def _newest(session: Session, version: CatalogVersion) -> bool:
    newest = session.scalar(
        select(func.max(CatalogVersion.number)).where(
            CatalogVersion.framework_id == version.framework_id,
            CatalogVersion.published_at.is_not(None),
        )
    )
    return newest == version.number


def _previous(session: Session, version: CatalogVersion) -> int | None:
    return session.scalar(
        select(CatalogVersion.id)
        .where(
            CatalogVersion.framework_id == version.framework_id,
            CatalogVersion.published_at.is_not(None),
            CatalogVersion.number < version.number,
        )
        .order_by(CatalogVersion.number.desc())
        .limit(1)
    )


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    return person.label if person else "Programm"


def _difference(row: Row[*tuple[Any, ...]]) -> Difference:
    return Difference(
        row.line,
        row.sku,
        row.name,
        CHANGE_WORDS[row.change],
        row.category,
        row.old_price,
        row.new_price,
        STOP_WORDS[row.stop] if row.stop else "",
        row.stop_reason,
    )
