"""Bring the catalog back to an earlier published version, as a new version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.formats.values import Transaction
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import Change
from app.catalog.upkeep.known_articles import known_articles
from app.catalog.upkeep.staging_rows import insert_entries, target_of
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, NotFound
from app.kernel.legal_day import legal_day

BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class _Way:
    """The published versions up to the wanted state, and those that are taken back."""

    kept: Sequence[int]
    undone: Sequence[int]


def restore_catalog_version(
    session: Session, version_id: int, person_id: int, now: datetime
) -> CatalogVersion:
    """One person suffices: two have looked at that state before. Orders keep their prices.

    Conflict where it is the present state, or where that state was not kept.
    """
    wanted = session.get(CatalogVersion, version_id)
    if wanted is None or wanted.published_at is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    framework = session.get_one(Framework, wanted.framework_id, with_for_update=True)
    way = _way(session, wanted)
    version = _begin(session, wanted, person_id, now)
    target = target_of(session, framework, None, version.id, legal_day(now))
    counts = dict.fromkeys(Change, 0)
    for skus in _touched(session, way):
        rows = _restored(session, way, skus)
        for row in rows:
            counts[row["change"]] += 1
        insert_entries(session, target, rows)
    version.result = {
        "format": f"Stand der Version {wanted.number}",
        "transaction": "",
        "articles_new": counts[Change.NEW],
        "articles_changed": counts[Change.CHANGED],
        "articles_unchanged": None,
        "articles_removed": counts[Change.REMOVED],
        "catalog_version": version.number,
    }
    session.flush()
    return publish_catalog_version(session, version.id, person_id, now)


def _way(session: Session, wanted: CatalogVersion) -> _Way:
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
    return _Way(kept, [row.id for row in undone])


def _begin(
    session: Session, wanted: CatalogVersion, person_id: int, now: datetime
) -> CatalogVersion:
    last = session.scalars(
        select(CatalogVersion)
        .where(
            CatalogVersion.framework_id == wanted.framework_id,
            CatalogVersion.published_at.is_not(None),
        )
        .order_by(CatalogVersion.number.desc())
    ).first()
    highest = session.scalar(
        select(func.max(CatalogVersion.number)).where(
            CatalogVersion.framework_id == wanted.framework_id
        )
    )
    version = CatalogVersion(
        framework_id=wanted.framework_id,
        number=(highest or 0) + 1,
        catalog_id=last.catalog_id if last else wanted.catalog_id,
        catalog_version=wanted.catalog_version,
        file_name=wanted.file_name,
        file_sha256=wanted.file_sha256,
        imported_at=now,
        imported_by=person_id,
        kind=wanted.kind or Transaction.NEW_CATALOG,
        update_number=wanted.update_number,
        restores_id=wanted.id,
        result={},
    )
    session.add(version)
    session.flush()
    return version


def _touched(session: Session, way: _Way) -> Iterator[list[str]]:
    """Numbers that the undone versions said something about, in batches."""
    last = ""
    while True:
        skus = list(
            session.scalars(
                select(CatalogEntry.sku)
                .where(CatalogEntry.catalog_version_id.in_(way.undone), CatalogEntry.sku > last)
                .distinct()
                .order_by(CatalogEntry.sku)
                .limit(BATCH)
            )
        )
        if not skus:
            return
        last = skus[-1]
        yield skus


def _restored(session: Session, way: _Way, skus: list[str]) -> list[dict[str, Any]]:
    """What each article was: the newest entry of the kept versions; none: it was not there."""
    before = _newest_entries(session, way.kept, skus)
    after = _newest_entries(session, way.undone, skus)
    appeared = _appeared(session, way.undone, skus)
    known = known_articles(session, skus)
    rows: list[dict[str, Any]] = []
    for sku in skus:
        was, old_price = before.get(sku), after[sku].new_price
        if was is None and sku not in appeared:
            raise Conflict(
                f"Der frühere Stand des Artikels {sku} wurde nicht aufbewahrt.", "state_not_kept"
            )
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
    session: Session, versions: Sequence[int], skus: list[str]
) -> dict[str, CatalogEntry]:
    entries = session.scalars(
        select(CatalogEntry)
        .where(CatalogEntry.sku.in_(skus), CatalogEntry.catalog_version_id.in_(versions))
        .order_by(CatalogEntry.catalog_version_id)
    ).all()
    return {entry.sku: entry for entry in entries}


def _appeared(session: Session, versions: Sequence[int], skus: list[str]) -> set[str]:
    """Articles that the undone versions brought in the first place."""
    return set(
        session.scalars(
            select(CatalogEntry.sku).where(
                CatalogEntry.sku.in_(skus),
                CatalogEntry.catalog_version_id.in_(versions),
                CatalogEntry.change == Change.NEW,
            )
        )
    )
