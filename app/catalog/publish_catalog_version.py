"""Make a draft the catalog that people order from, in one transaction."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.publish_prices import publish_prices
from app.catalog.records import Article, ArticleReference, CatalogVersion, Category, CatalogEntry
from app.catalog.rules import Change, has_serial_numbers, may_reverse_charge
from app.catalog.search_words import search_text
from app.frameworks.records import Framework, Lot
from app.kernel.errors import Conflict, NotFound
from app.kernel.german import fold
from app.kernel.legal_day import legal_day
from app.kernel.vat import STANDARD_RATE

BATCH: Final = 2000
ARTICLE: Final[Table] = Article.metadata.tables[Article.__tablename__]
REFERENCE: Final[Table] = ArticleReference.metadata.tables[ArticleReference.__tablename__]
FEATURES_SEARCHED: Final = 12


def publish_catalog_version(
    session: Session, version_id: int, person_id: int | None, now: datetime
) -> CatalogVersion:
    """Conflict where the version is published already or another one came between."""
    version = session.get(CatalogVersion, version_id)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    framework = session.get_one(Framework, version.framework_id)
    first = _refuse_outdated(session, version)
    publication = _Publication(session, version, framework, legal_day(now), first)
    last = 0
    while rows := publication.batch(last):
        last = rows[-1].id
        publication.apply(rows)
    session.execute(delete(CatalogEntry).where(CatalogEntry.catalog_version_id == version.id))
    version.published_at = now
    version.published_by = person_id
    version.result = dict(version.result) | {"published": True}
    session.flush()
    _put_on_record(session, version, framework, now)
    return version


def _put_on_record(
    session: Session, version: CatalogVersion, framework: Framework, now: datetime
) -> None:
    actor = f"person:{version.published_by}" if version.published_by else "system"
    payload: dict[str, object] = {
        "framework": framework.number,
        "number": version.number,
        "file": version.file_name,
        "sha256": version.file_sha256,
    }
    subject = f"catalog_version:{version.id}"
    append(session, COOPERATIVE, now, Happening("catalog_published", subject, actor, payload))


def _refuse_outdated(session: Session, version: CatalogVersion) -> bool:
    """Whether this is the framework's first version; Conflict where the draft is stale."""
    if version.published_at is not None:
        raise Conflict("Diese Katalogversion ist schon veröffentlicht.", "already_published")
    newest = session.scalar(
        select(func.max(CatalogVersion.published_at)).where(
            CatalogVersion.framework_id == version.framework_id
        )
    )
    if newest is not None and newest > version.imported_at:
        raise Conflict(
            "Inzwischen wurde eine andere Version veröffentlicht. Bitte die Datei neu einlesen.",
            "draft_outdated",
        )
    return newest is None


class _Publication:
    def __init__(
        self,
        session: Session,
        version: CatalogVersion,
        framework: Framework,
        day: date,
        first: bool,
    ) -> None:
        self._session = session
        self._version = version
        self._framework = framework
        self._day = day
        self._first = first
        self._lots = dict(
            session.execute(
                select(Lot.number, Lot.id).where(Lot.framework_id == framework.id)
            ).all()
        )
        self._categories = dict(session.execute(select(Category.slug, Category.id)).all())

    def batch(self, after: int) -> list[CatalogEntry]:
        return list(
            self._session.scalars(
                select(CatalogEntry)
                .where(
                    CatalogEntry.catalog_version_id == self._version.id, CatalogEntry.id > after
                )
                .order_by(CatalogEntry.id)
                .limit(BATCH)
                .execution_options(yield_per=BATCH)
            )
        )

    def apply(self, rows: list[CatalogEntry]) -> None:
        by_change: dict[Change, list[CatalogEntry]] = {change: [] for change in Change}
        for row in rows:
            by_change[row.change].append(row)
        connection = self._session.connection()
        new = [self._values(row) | {"sku": row.sku} for row in by_change[Change.NEW]]
        if new:
            connection.execute(insert(ARTICLE), new)
        changed = [self._values(row) | {"of_sku": row.sku} for row in by_change[Change.CHANGED]]
        if changed:
            statement = update(ARTICLE).where(ARTICLE.c.sku == bindparam("of_sku"))
            connection.execute(statement, changed)
        self._regroup(by_change[Change.REGROUPED])
        removed = [row.sku for row in by_change[Change.REMOVED]]
        connection.execute(update(ARTICLE).where(ARTICLE.c.sku.in_(removed)).values(active=False))
        self._attach(by_change[Change.NEW] + by_change[Change.CHANGED] + by_change[Change.REMOVED])
        for row in rows:
            self._session.expunge(row)

    def _attach(self, rows: list[CatalogEntry]) -> None:
        """References and prices of the articles of a batch."""
        ids = self._ids([row.sku for row in rows])
        references = {
            (ids[row.sku], kind, target): quantity
            for row in rows
            for kind, target, quantity in row.content.get("references", ())
        }
        connection = self._session.connection()
        connection.execute(delete(REFERENCE).where(REFERENCE.c.article_id.in_(ids.values())))
        if references:
            connection.execute(
                insert(REFERENCE),
                [
                    {"article_id": key[0], "kind": key[1], "target_sku": key[2], "quantity": many}
                    for key, many in references.items()
                ],
            )
        wanted = {ids[row.sku]: row.content.get("prices", []) for row in rows}
        publish_prices(
            self._session, wanted, self._version, self._framework, self._day, first=self._first
        )

    def _regroup(self, rows: list[CatalogEntry]) -> None:
        articles = {
            article.sku: article
            for article in self._session.scalars(
                select(Article).where(Article.sku.in_([row.sku for row in rows]))
            )
        }
        for row in rows:
            article = articles[row.sku]
            known = article.search_text.strip()
            article.category_id = self._category(row.category)
            article.search_text = f" {fold(row.category)} {known} "
        self._session.flush()

    def _values(self, row: CatalogEntry) -> dict[str, Any]:
        content = row.content
        features = [f"{value} {unit}" for _, value, unit in content["features"]]
        return {
            "framework_id": self._framework.id,
            "lot_id": self._lots[content["lot"]],
            "catalog_version_id": self._version.id,
            "category_id": self._category(row.category),
            "name": content["name"],
            "description": content["description"],
            "manufacturer": content["manufacturer"],
            "mpn": content["mpn"],
            "gtin": content["gtin"],
            "order_unit": content["order_unit"],
            "minimum_quantity": content["quantity_min"],
            "quantity_interval": content["quantity_interval"],
            "delivery_days": content["delivery_days"],
            "cpv": content["cpv"] or None,
            "tax_percent": (
                STANDARD_RATE if content["tax_percent"] is None else content["tax_percent"]
            ),
            "rc_category": may_reverse_charge(content["cpv"]),
            "serial_numbers": has_serial_numbers(content["cpv"]),
            "active": True,
            "search_text": search_text(
                row.category,
                row.sku,
                content["name"],
                content["mpn"],
                content["gtin"],
                content["manufacturer"],
                *content["keywords"],
                *features[:FEATURES_SEARCHED],
            ),
            "details": {
                "features": content["features"],
                "keywords": content["keywords"],
                "remarks": content["remarks"],
                "classifications": content["classifications"],
                "list_price": content["list_price"],
            },
            "content_sha256": row.content_sha256,
        }

    def _category(self, name: str) -> int:
        slug = slug_of(name)
        if slug not in self._categories:
            category = Category(slug=slug, name=name, parent_id=None)
            self._session.add(category)
            self._session.flush()
            self._categories[slug] = category.id
        return self._categories[slug]

    def _ids(self, skus: list[str]) -> dict[str, int]:
        rows = self._session.execute(select(Article.sku, Article.id).where(Article.sku.in_(skus)))
        return dict(rows.all())


def slug_of(name: str) -> str:
    """`Drucker und MFP A4` → `drucker-und-mfp-a4`."""
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(name))
    return "-".join(signs.split())[:80] or "sonstiges"
