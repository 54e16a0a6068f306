"""What the catalog knows about the numbers of a batch."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.catalog.formats.known_texts import KnownTexts
from app.catalog.records import Article, CatalogVersion, Category
from app.catalog.upkeep.staging_rows import Target
from app.database.among import among
from app.database.base import table_of
from app.database.straight import fetch_all
from app.frameworks.records import Framework, Lot

NO_CATEGORY = "Sonstiges"


@dataclass(frozen=True, slots=True)
class Known:
    """A published article, as little of it as comparing needs."""

    id: int
    name: str
    quantity_min: int
    framework: str
    content_sha256: str
    category: str
    active: bool
    catalog_id: str
    version_id: int
    lot: int


KNOWN = (
    select(
        Article.sku,
        Article.id,
        Article.name,
        Article.minimum_quantity,
        Framework.number,
        Article.content_sha256,
        Category.name,
        Article.active,
        CatalogVersion.catalog_id,
        CatalogVersion.id,
        Lot.number,
    )
    .join(CatalogVersion, CatalogVersion.id == Article.catalog_version_id)
    .join(Framework, Framework.id == Article.framework_id)
    .join(Lot, Lot.id == Article.lot_id)
    .outerjoin(Category, Category.id == Article.category_id)
)
NUMBERED: Final = KNOWN.where(among(table_of(Article).c.sku, "skus"))


def known_articles(session: Session, skus: Collection[str]) -> dict[str, Known]:
    """By number, of every framework: a number belongs to one article in the whole catalog."""
    rows = fetch_all(session, NUMBERED, {"skus": skus}) if skus else ()
    return {row[0]: _known(row) for row in rows}


def articles_after(session: Session, framework_id: int, last: int, limit: int) -> dict[str, Known]:
    """The framework's next articles after id `last`, in the order of their ids."""
    rows = session.connection().execute(
        KNOWN.where(Article.framework_id == framework_id, Article.id > last)
        .order_by(Article.id)
        .limit(limit)
    )
    return {row[0]: _known(row) for row in rows}


def known_texts(session: Session, target: Target) -> KnownTexts:
    """Of the framework's published articles about which a second reading would say nothing new."""
    digests = session.connection().execute(
        select(Article.text_digest)
        .where(
            Article.framework_id == target.framework_id,
            Article.active,
            Article.text_digest != "",
            or_(Article.quiet_until.is_(None), Article.quiet_until >= target.today),
        )
        .execution_options(yield_per=10_000)
    )
    return KnownTexts(repr((target.lot, target.lots)), digests.scalars())


def _known(row: Any) -> Known:
    _, number, name, least, framework, digest, category, active, catalog, version, lot = row
    category = category or NO_CATEGORY
    return Known(number, name, least, framework, digest, category, active, catalog, version, lot)
