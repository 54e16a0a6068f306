"""Which parts of an article a version changes, and which it no longer has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, CatalogEntry, CatalogVersion
from app.catalog.upkeep.stored_contents import stored_contents
from app.kernel.legal_day import legal_day

PART_WORDS: Final = {
    "lot": "Los",
    "name": "Bezeichnung",
    "description": "Beschreibung",
    "manufacturer": "Hersteller",
    "mpn": "Herstellernummer",
    "gtin": "GTIN",
    "delivery_days": "Lieferzeit",
    "keywords": "Schlagwörter",
    "remarks": "Bemerkung",
    "family": "Artikelfamilie",
    "order_unit": "Einheit",
    "content_unit": "Inhaltseinheit",
    "content_quantity": "Inhalt",
    "price_quantity": "Preismenge",
    "quantity_min": "Mindestmenge",
    "quantity_interval": "Mengenschritt",
    "quantity_max": "Höchstmenge",
    "cpv": "CPV",
    "classifications": "Klassifikationen",
    "features": "Merkmale",
    "references": "Verweise",
    "media": "Dateien",
    "extensions": "Erweiterungen",
    "tax_percent": "Steuersatz",
    "prices": "Preise",
}
NOTHING: Final[tuple[object, ...]] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Parts:
    """German names: what says something else than before, and what says nothing any more."""

    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


UNTOLD: Final = Parts()


def parts_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Parts:
    """A part that is not known of before, or not now, is no difference."""
    differing = [
        part
        for part in PART_WORDS
        if part in before and part in after and before[part] != after[part]
    ]
    lost = [part for part in differing if after[part] in NOTHING]
    return Parts(
        tuple(PART_WORDS[part] for part in differing if part not in lost),
        tuple(PART_WORDS[part] for part in lost),
    )


def parts_changed(
    session: Session, version: CatalogVersion, skus: Collection[str]
) -> dict[str, Parts]:
    """By article number, for a page of them: a draft against the catalog, else against before."""
    if not skus:
        return {}
    entries = select(CatalogEntry.sku, CatalogEntry.content).where(
        CatalogEntry.catalog_version_id == version.id, CatalogEntry.sku.in_(skus)
    )
    after: dict[str, dict[str, Any]] = dict(session.execute(entries).all())
    day = legal_day(version.imported_at)
    before = stored_contents(session, _earlier(session, version, skus), day)
    return {sku: parts_between(before[sku], after[sku]) for sku in after if sku in before}


def _earlier(session: Session, version: CatalogVersion, skus: Collection[str]) -> dict[str, int]:
    """By article number: the published version that spoke of it before this one."""
    if version.published_at is None:
        articles = select(Article.sku, Article.catalog_version_id).where(Article.sku.in_(skus))
        return dict(session.execute(articles).all())
    last = (
        select(CatalogEntry.sku, func.max(CatalogEntry.catalog_version_id))
        .join(CatalogVersion, CatalogVersion.id == CatalogEntry.catalog_version_id)
        .where(
            CatalogVersion.framework_id == version.framework_id,
            CatalogVersion.published_at.is_not(None),
            CatalogVersion.id < version.id,
            CatalogEntry.sku.in_(skus),
        )
        .group_by(CatalogEntry.sku)
    )
    return dict(session.execute(last).all())
