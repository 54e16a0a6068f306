"""Comparing a file with what is published, and keeping the difference as a draft."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.catalog.formats.bmecat import CatalogFile
from app.catalog.formats.findings import Fault
from app.catalog.formats.values import Article as FileArticle
from app.catalog.records import Article, CatalogVersion, Category, Price, CatalogEntry
from app.catalog.rules import Change, LotFacts, PriceRow, lot_for, price_for
from app.catalog.upkeep.import_result import Counted
from app.frameworks.records import Framework, Lot
from app.kernel.canonical import canonical_json
from app.kernel.unit_price import UnitPrice

BATCH: Final = 5000
NO_CATEGORY: Final = "Sonstiges"
STAGED: Final[Table] = CatalogEntry.metadata.tables[CatalogEntry.__tablename__]


@dataclass(frozen=True, slots=True)
class Known:
    """What is published about an article, as little of it as comparing needs."""

    content: bytes
    category: str
    active: bool
    catalog_id: str
    lot: int
    price: int | None


class Staging:
    """Stages the articles of one file; `changes` counts the rows of the difference.

    Without a version (dry run) nothing is written and only the counts are made.
    """

    def __init__(
        self,
        session: Session,
        framework: Framework,
        lot: int | None,
        version_id: int | None,
        today: date,
    ) -> None:
        self._session = session
        self._framework = framework
        self._lot = lot
        self._version_id = version_id
        self._today = today
        self._lots = _lots(session, framework.id)
        self._known = _known(session, framework.id, today)
        self._seen: dict[str, bool] = {}
        self._kinds: Counter[Change] = Counter()

    @property
    def changes(self) -> int:
        return sum(self._kinds.values())

    def stage(self, file: CatalogFile) -> Counted:
        """Read the whole file; afterwards the staged rows are the difference."""
        articles = file.articles()
        while batch := list(islice(articles, BATCH)):
            self._stage(file, batch)
        self._stage_categories(file)
        self._stage_removed(file)
        kinds = self._kinds
        changed = kinds[Change.CHANGED] + kinds[Change.REGROUPED]
        unchanged = len(self._seen) - kinds[Change.NEW] - changed
        return Counted(kinds[Change.NEW], changed, unchanged, kinds[Change.REMOVED])

    def _stage(self, file: CatalogFile, batch: list[FileArticle]) -> None:
        taken = self._taken(article.sku for article in batch)
        rows = []
        for article in batch:
            lot = lot_for(self._lots, self._lot or article.lot, article.classified("CPV"))
            if article.sku in taken:
                detail: object = taken[article.sku]
                file.findings.add(article.line, article.sku, Fault.SKU_TAKEN, detail)
            elif lot is None:
                detail = f"Los {article.lot}" if article.lot else article.classified("CPV")
                file.findings.add(article.line, article.sku, Fault.LOT_UNKNOWN, detail)
            else:
                row = self._row(article, lot)
                self._seen[article.sku] = row is not None
                rows += [row] if row else []
        self._write(rows)

    def _row(self, article: FileArticle, lot: LotFacts) -> dict[str, Any] | None:
        """The staged row, or None where the content is what is published."""
        content = content_of(article, lot)
        digest = hashlib.sha256(canonical_json(content).encode())
        known = self._known.get(article.sku)
        if known is not None and known.active and known.content == digest.digest():
            return None
        change = Change.NEW if known is None else Change.CHANGED
        self._kinds[change] += 1
        price = _first_price(article, self._today)
        return self._staged(article.sku, change, known) | {
            "name": article.name,
            "new_price": price,
            "content_sha256": digest.hexdigest(),
            "content": content,
        }

    def _staged(self, sku: str, change: Change, known: Known | None) -> dict[str, Any]:
        old = UnitPrice(known.price) if known is not None and known.price is not None else None
        return {
            "catalog_version_id": self._version_id,
            "sku": sku,
            "change": change,
            "name": "",
            "category": NO_CATEGORY,
            "old_price": old,
            "new_price": old,
            "content_sha256": "",
            "content": {},
        }

    def _stage_categories(self, file: CatalogFile) -> None:
        """Group mappings come after all articles, so the staged rows learn them now."""
        named: list[dict[str, Any]] = []
        moved: list[dict[str, Any]] = []
        for sku, staged in self._seen.items():
            group = file.groups.get(file.group_of.get(sku, ""))
            category = group.name if group is not None and group.name else NO_CATEGORY
            if staged and category != NO_CATEGORY:
                named.append({"in_version": self._version_id, "of_sku": sku, "category": category})
            elif not staged and category != self._known[sku].category:
                self._kinds[Change.REGROUPED] += 1
                row = self._staged(sku, Change.REGROUPED, self._known[sku])
                moved.append(row | {"category": category})
            if len(named) == BATCH:
                self._name_categories(named)
                named = []
        self._name_categories(named)
        self._write(moved)

    def _name_categories(self, named: list[dict[str, Any]]) -> None:
        statement = update(STAGED).where(
            STAGED.c.catalog_version_id == bindparam("in_version"),
            STAGED.c.sku == bindparam("of_sku"),
        )
        if named and self._version_id is not None:
            self._session.connection().execute(statement, named)

    def _stage_removed(self, file: CatalogFile) -> None:
        """What came with the same catalog and is missing now; other catalogs stay untouched."""
        rows = []
        for sku, known in self._known.items():
            same = known.catalog_id == file.header.catalog_id[:40]
            same = same and self._lot in {None, known.lot}
            if known.active and same and sku not in self._seen:
                self._kinds[Change.REMOVED] += 1
                rows.append(self._staged(sku, Change.REMOVED, known) | {"new_price": None})
        self._write(rows)

    def _write(self, rows: list[dict[str, Any]]) -> None:
        if self._version_id is None:
            return
        for start in range(0, len(rows), BATCH):
            self._session.connection().execute(insert(STAGED), rows[start : start + BATCH])

    def _taken(self, skus: Iterable[str]) -> dict[str, str]:
        """Numbers that already belong to another framework, with its number."""
        fresh = [sku for sku in skus if sku not in self._known]
        if not fresh:
            return {}
        rows = self._session.execute(
            select(Article.sku, Framework.number)
            .join(Framework, Framework.id == Article.framework_id)
            .where(Article.sku.in_(fresh), Article.framework_id != self._framework.id)
        )
        return {sku: number for sku, number in rows}  # noqa: C416 - rows are no tuples


def content_of(article: FileArticle, lot: LotFacts) -> dict[str, Any]:
    """Everything that an import keeps about an article, in a form that hashes the same."""
    return {
        "lot": lot.number,
        "name": article.name,
        "description": article.description,
        "manufacturer": article.manufacturer,
        "mpn": article.mpn,
        "gtin": article.gtin,
        "delivery_days": article.delivery_days,
        "keywords": list(article.keywords),
        "remarks": article.remarks,
        "order_unit": article.order_unit,
        "quantity_min": article.quantity_min,
        "quantity_interval": article.quantity_interval,
        "cpv": article.classified("CPV")[:8],
        "tax_percent": article.prices[0].tax_percent if article.prices else None,
        "list_price": any(price.kind.value == "net_list" for price in article.prices),
        "classifications": [list(entry) for entry in article.classifications],
        "features": [[entry.name, entry.value, entry.unit] for entry in article.features],
        "references": [[entry.kind, entry.sku, entry.quantity] for entry in article.references],
        "prices": [
            [
                price.lower_bound,
                price.unit_price.ten_thousandths,
                price.valid_from.isoformat() if price.valid_from else None,
                price.valid_until.isoformat() if price.valid_until else None,
            ]
            for price in article.prices
        ],
    }


def _first_price(article: FileArticle, today: date) -> UnitPrice | None:
    rows = [
        PriceRow(price.unit_price, price.lower_bound, price.valid_from or date.min, None, 0)
        for price in article.prices
        if price.valid_until is None or price.valid_until >= today
    ]
    found = price_for(rows, article.quantity_min, today)
    return found.unit_price if found else None


def _lots(session: Session, framework_id: int) -> tuple[LotFacts, ...]:
    rows = session.execute(
        select(Lot.id, Lot.number, Lot.cpv)
        .where(Lot.framework_id == framework_id)
        .order_by(Lot.number)
    )
    return tuple(LotFacts(row.id, row.number, row.cpv or "") for row in rows)


def _known(session: Session, framework_id: int, today: date) -> dict[str, Known]:
    price = (
        select(Price.unit_price)
        .where(
            Price.article_id == Article.id,
            Price.valid_from <= today,
            (Price.valid_to.is_(None)) | (Price.valid_to > today),
        )
        .order_by(Price.catalog_version_id.desc(), Price.lower_bound)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Article.sku,
            Article.content_sha256,
            Category.name,
            Article.active,
            CatalogVersion.catalog_id,
            Lot.number,
            price,
        )
        .join(CatalogVersion, CatalogVersion.id == Article.catalog_version_id)
        .join(Lot, Lot.id == Article.lot_id)
        .outerjoin(Category, Category.id == Article.category_id)
        .where(Article.framework_id == framework_id)
    )
    return {
        sku: Known(
            bytes.fromhex(content),
            category or NO_CATEGORY,
            active,
            catalog_id,
            lot,
            found.ten_thousandths if found else None,
        )
        for sku, content, category, active, catalog_id, lot, found in rows
    }
