"""The whole catalog as it stood when a version was published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, CatalogEntry, CatalogVersion, Category
from app.catalog.rules import Change
from app.catalog.upkeep.known_articles import NO_CATEGORY
from app.catalog.upkeep.stored_contents import recorded_contents
from app.kernel.errors import Conflict, NotFound

BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Offer:
    """An article of the state, as the version that touched it last says it."""

    sku: str
    category: str
    content: dict[str, Any]


def published_version(session: Session, version_id: int) -> CatalogVersion:
    """NotFound where there is none; Conflict for a draft, which nobody may take for the catalog."""
    version = session.get(CatalogVersion, version_id)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    if version.published_at is None:
        raise Conflict("Ein Entwurf wird nicht ausgegeben.", "not_published")
    return version


def newest_version(session: Session, framework_id: int) -> CatalogVersion:
    newest = session.scalars(
        select(CatalogVersion)
        .where(
            CatalogVersion.framework_id == framework_id, CatalogVersion.published_at.is_not(None)
        )
        .order_by(CatalogVersion.number.desc())
    ).first()
    if newest is None:
        raise Conflict("Dieser Rahmenvertrag hat noch keinen Katalog.", "not_published")
    return newest


def offers(session: Session, version: CatalogVersion, today: date) -> Iterator[list[Offer]]:
    """In batches; articles from before entries were kept come first, from their own rows."""
    kept = _kept(session, version)
    told = set(
        session.scalars(
            select(CatalogEntry.catalog_version_id)
            .where(CatalogEntry.catalog_version_id.in_(kept))
            .distinct()
        )
    )
    yield from _untold(session, [one for one in kept if one not in told], today)
    last = ""
    while True:
        newest = session.execute(
            select(CatalogEntry.sku, func.max(CatalogEntry.catalog_version_id).label("version"))
            .where(CatalogEntry.catalog_version_id.in_(told), CatalogEntry.sku > last)
            .group_by(CatalogEntry.sku)
            .order_by(CatalogEntry.sku)
            .limit(BATCH)
        ).all()
        if not newest:
            return
        last = newest[-1].sku
        yield _entries(session, {row.sku: row.version for row in newest})


def categories(session: Session, version: CatalogVersion) -> list[str]:
    """Every name that an article of the state may stand under."""
    kept = _kept(session, version)
    entries = select(CatalogEntry.category).where(CatalogEntry.catalog_version_id.in_(kept))
    rows = (
        select(Category.name)
        .join(Article, Article.category_id == Category.id)
        .where(Article.catalog_version_id.in_(kept))
    )
    found = {*session.scalars(entries.distinct()), *session.scalars(rows.distinct())}
    return sorted(found - {""} | {NO_CATEGORY})


def _kept(session: Session, version: CatalogVersion) -> Sequence[int]:
    return session.scalars(
        select(CatalogVersion.id).where(
            CatalogVersion.framework_id == version.framework_id,
            CatalogVersion.published_at.is_not(None),
            CatalogVersion.number <= version.number,
        )
    ).all()


def _untold(session: Session, versions: Sequence[int], today: date) -> Iterator[list[Offer]]:
    last = 0
    while versions:
        rows = session.execute(
            select(Article.id, Article.sku, Category.name)
            .outerjoin(Category, Category.id == Article.category_id)
            .where(Article.catalog_version_id.in_(versions), Article.active, Article.id > last)
            .order_by(Article.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        contents = recorded_contents(session, [row.sku for row in rows], today)
        yield [Offer(row.sku, row.name or NO_CATEGORY, contents[row.sku]) for row in rows]


def _entries(session: Session, newest: dict[str, int]) -> list[Offer]:
    rows = session.execute(
        select(
            CatalogEntry.sku,
            CatalogEntry.catalog_version_id,
            CatalogEntry.category,
            CatalogEntry.content,
        ).where(
            CatalogEntry.sku.in_(newest),
            CatalogEntry.catalog_version_id.in_(set(newest.values())),
            CatalogEntry.change != Change.REMOVED,
        )
    )
    found = {
        row.sku: Offer(row.sku, row.category, row.content)
        for row in rows
        if newest[row.sku] == row.catalog_version_id
    }
    return [found[sku] for sku in newest if sku in found]
