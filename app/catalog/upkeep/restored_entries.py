"""The entries of a version that brings an earlier published state back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import Change
from app.catalog.upkeep.known_articles import known_articles
from app.catalog.upkeep.staging_rows import insert_entries, target_of
from app.frameworks.records import Framework
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day

BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class WayBack:
    """The published versions up to the wanted state, and those that are taken back."""

    kept: Sequence[int]
    undone: Sequence[int]


def way_back(session: Session, wanted: CatalogVersion) -> WayBack:
    """Conflict where it is the present state, or where versions of several catalogs followed."""
    rows = session.execute(
        select(CatalogVersion.id, CatalogVersion.number, CatalogVersion.catalog_id)
        .where(
            CatalogVersion.framework_id == wanted.framework_id,
            CatalogVersion.published_at.is_not(None),
        )
        .order_by(CatalogVersion.number)
    ).all()
    undone = [row for row in rows if row.number > wanted.number]
    if not undone:
        raise Conflict("Dieser Stand ist schon der jetzige.", "already_current")
    if len({row.catalog_id for row in undone}) > 1:
        raise Conflict(
            "Seither wurden mehrere Kataloge veröffentlicht. Bitte schrittweise zurückgehen.",
            "several_catalogs",
        )
    kept = [row.id for row in rows if row.number <= wanted.number]
    return WayBack(kept, [row.id for row in undone])


def refuse_unkept(session: Session, way: WayBack) -> None:
    """Conflict where an article was there before, and nothing says any more what it was."""
    other = aliased(CatalogEntry)
    kept = exists().where(other.sku == CatalogEntry.sku, other.catalog_version_id.in_(way.kept))
    appeared = exists().where(
        other.sku == CatalogEntry.sku,
        other.catalog_version_id.in_(way.undone),
        other.change == Change.NEW,
    )
    sku = session.scalar(_undone(way).where(~kept, ~appeared).limit(1))
    if sku is not None:
        raise Conflict(
            f"Der frühere Stand des Artikels {sku} wurde nicht aufbewahrt.", "state_not_kept"
        )


def many_to_bring_back(session: Session, way: WayBack) -> int:
    """How many differences the versions to undo made."""
    return session.scalar(select(func.count()).select_from(_undone(way).subquery())) or 0


def brought_back(session: Session, version: CatalogVersion) -> str:
    """Up to which article number that is done."""
    own = select(func.max(CatalogEntry.sku)).where(CatalogEntry.catalog_version_id == version.id)
    return session.scalar(own) or ""


def bring_back_some(session: Session, version: CatalogVersion, after: str) -> str | None:
    """The next entries of `version`, and up to which number; None, with its result, at the end."""
    wanted = session.get_one(CatalogVersion, version.restores_id)
    way = way_back(session, wanted)
    touched = _undone(way).where(CatalogEntry.sku > after).distinct().order_by(CatalogEntry.sku)
    skus = session.scalars(touched.limit(BATCH)).all()
    if not skus:
        version.result = _result(session, version, wanted)
        session.flush()
        return None
    framework = session.get_one(Framework, version.framework_id)
    target = target_of(session, framework, None, version.id, legal_day(version.imported_at))
    insert_entries(session, target, _restored(session, way, skus))
    return skus[-1]


def _undone(way: WayBack) -> Select[str]:
    return select(CatalogEntry.sku).where(CatalogEntry.catalog_version_id.in_(way.undone))


def _result(session: Session, version: CatalogVersion, wanted: CatalogVersion) -> dict[str, object]:
    """As of a file that was read in."""
    by_change = (
        select(CatalogEntry.change, func.count())
        .where(CatalogEntry.catalog_version_id == version.id)
        .group_by(CatalogEntry.change)
    )
    counts: Counter[Change] = Counter()
    for change, many in session.execute(by_change):
        counts[change] = many
    return {
        "format": f"Stand der Version {wanted.number}",
        "transaction": "",
        "articles_new": counts[Change.NEW],
        "articles_changed": counts[Change.CHANGED],
        "articles_unchanged": None,
        "articles_removed": counts[Change.REMOVED],
        "catalog_version": version.number,
    }


def _restored(session: Session, way: WayBack, skus: Sequence[str]) -> list[dict[str, Any]]:
    """What each article was: the newest entry of the kept versions; none: it was not there."""
    before = _newest_entries(session, way.kept, skus)
    after = _newest_entries(session, way.undone, skus)
    known = known_articles(session, skus)
    rows: list[dict[str, Any]] = []
    for sku in skus:
        was, old_price = before.get(sku), after[sku].new_price
        if was is not None and was.change is not Change.REMOVED:
            rows.append(
                {
                    "sku": sku,
                    "change": Change.CHANGED,
                    "name": was.name,
                    "category": was.category,
                    "old_price": old_price,
                    "new_price": was.new_price,
                    "content": was.content,
                    "content_sha256": was.content_sha256,
                }
            )
        elif known[sku].active:
            rows.append(
                {
                    "sku": sku,
                    "change": Change.REMOVED,
                    "name": known[sku].name,
                    "category": known[sku].category,
                    "old_price": old_price,
                }
            )
    return rows


def _newest_entries(
    session: Session, versions: Sequence[int], skus: Sequence[str]
) -> dict[str, CatalogEntry]:
    entries = session.scalars(
        select(CatalogEntry)
        .where(CatalogEntry.sku.in_(skus), CatalogEntry.catalog_version_id.in_(versions))
        .order_by(CatalogEntry.catalog_version_id)
    ).all()
    return {entry.sku: entry for entry in entries}
