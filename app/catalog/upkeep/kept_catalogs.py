"""The catalogs that a framework's articles came with: what a whole one takes out, and what not."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.formats.table_file import CATALOG_ID
from app.catalog.import_records import CatalogImport
from app.catalog.records import Article, CatalogVersion
from app.catalog.upkeep.known_articles import Known
from app.catalog.upkeep.staging_rows import Target
from app.frameworks.records import Lot
from app.kernel.german import number

TABLES: Final = CATALOG_ID
LOOKED_BACK: Final = 20


@dataclass(frozen=True, slots=True)
class KeptCatalog:
    """So many published articles of a catalog; `elsewhere`: in other lots than the one asked for.

    An article belongs to the catalog of the file that spoke of it last.
    """

    catalog_id: str
    articles: int
    elsewhere: int = 0

    @property
    def name(self) -> str:
        if self.catalog_id == TABLES:
            return "frühere Tabellen"
        return f"Katalog „{self.catalog_id}“" if self.catalog_id else "Katalog ohne Kennung"

    @property
    def key(self) -> str:
        """In a list of choices, where '' stands for none: a catalog may have no name at all."""
        return f"={self.catalog_id}"

    @property
    def words(self) -> str:
        if not self.articles and not self.elsewhere:
            return "keiner davon: ein eigener Katalog, alle bisherigen Artikel bleiben"
        more = f", in anderen Losen {number(self.elsewhere)}" if self.elsewhere else ""
        return f"{self.name}: {number(self.articles)} Artikel{more}"


def belongs(one: Known, catalog_id: str, target: Target) -> bool:
    """Only what came with the same catalog (and lot, if one is named) can be missing from it."""
    same = one.framework == target.framework and one.catalog_id == catalog_id[:40]
    return same and target.lot in {None, one.lot}


def kept_catalogs(session: Session, framework_id: int, lot: int | None) -> list[KeptCatalog]:
    """Those with published articles, the largest first."""
    asked = Lot.number == lot if lot is not None else Lot.number.is_not(None)
    by_version = (
        select(
            Article.catalog_version_id,
            func.count().label("articles"),
            func.count().filter(asked).label("there"),
        )
        .join(Lot, Lot.id == Article.lot_id)
        .where(Article.framework_id == framework_id, Article.active)
        .group_by(Article.catalog_version_id)
        .subquery()
    )
    there = func.sum(by_version.c.there)
    found = session.execute(
        select(CatalogVersion.catalog_id, there, func.sum(by_version.c.articles))
        .join(CatalogVersion, CatalogVersion.id == by_version.c.catalog_version_id)
        .group_by(CatalogVersion.catalog_id)
        .order_by(there.desc(), CatalogVersion.catalog_id)
    )
    return [KeptCatalog(name, int(here), int(all_) - int(here)) for name, here, all_ in found]


def last_chosen(session: Session, framework_id: int) -> str | None:
    """The catalog that somebody last said a table of the framework belongs to."""
    latest = (
        select(CatalogImport.wishes)
        .where(CatalogImport.framework_id == framework_id)
        .order_by(CatalogImport.id.desc())
        .limit(LOOKED_BACK)
    )
    chosen = (wishes.get("catalog") for wishes in session.scalars(latest))
    return next((one for one in chosen if one is not None), None)


def what_stays(
    session: Session, version: CatalogVersion, lot: int | None = None
) -> tuple[str, ...]:
    """In words, what a whole catalog leaves alone though it be missing there."""
    said = []
    for one in kept_catalogs(session, version.framework_id, lot):
        own = one.catalog_id == version.catalog_id
        left = one.elsewhere if own else one.articles + one.elsewhere
        if left:
            said.append(f"{one.name}{', andere Lose' if own else ''}: {number(left)} Artikel")
    return tuple(said)
