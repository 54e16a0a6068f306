"""Catalog versions, articles, prices, categories."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

import app.archive.records
import app.catalog.content_records
import app.catalog.import_records  # noqa: F401 - its tables belong to these
from app.catalog.formats.values import Transaction
from app.catalog.price_guard import without_overlap
from app.catalog.rules import Change, Stop
from app.catalog.rules_charge import Charge
from app.database.base import Record, table_of
from app.database.guards import frozen
from app.database.marks import CATALOG, marked
from app.database.types import CanonicalJson
from app.kernel.unit_price import UnitPrice
from app.kernel.vat import STANDARD_RATE


class CatalogVersion(Record):
    """One imported state of a framework's articles and prices; immutable once published."""

    __tablename__ = "catalog_version"
    __table_args__ = (
        UniqueConstraint("framework_id", "number"),
        # Versions of before this rule have no kind; what restores was checked by two before.
        CheckConstraint(
            "published_by <> imported_by OR restores_id IS NOT NULL OR kind IS NULL",
            name="four_eyes",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    number: Mapped[int]
    catalog_id: Mapped[str] = mapped_column(String(40))
    catalog_version: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    publishing_since: Mapped[datetime | None] = mapped_column(
        comment="ordered to be published by a worker, which does it in steps"
    )
    published_entry: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="how far that is: id of the last entry written"
    )
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    kind: Mapped[Transaction | None] = mapped_column(comment="what the file did")
    update_number: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="updates since the last whole catalog"
    )
    restores_id: Mapped[int | None] = mapped_column(
        ForeignKey("catalog_version.id"), comment="the version whose state this one brings back"
    )


class Category(Record):
    """A group of articles; groups of several files with the same name are one."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))


class Article(Record):
    """An article of a lot; its number is unique in the whole catalog."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_browse", "active", "category_id", "manufacturer"),
        Index("ix_article_framework_id", "framework_id"),
        Index(
            "ix_article_family",
            "family",
            sqlite_where=text("family <> ''"),
            postgresql_where=text("family <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    catalog_version_id: Mapped[int] = mapped_column(ForeignKey("catalog_version.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    sku: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str] = mapped_column(Text, default="")
    manufacturer: Mapped[str] = mapped_column(String(100), default="")
    mpn: Mapped[str] = mapped_column(String(64), default="")
    gtin: Mapped[str] = mapped_column(String(14), default="")
    order_unit: Mapped[str] = mapped_column(String(3), default="C62")
    pieces_per_unit: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="of one order unit; ceilings count pieces"
    )
    minimum_quantity: Mapped[int] = mapped_column(default=1)
    quantity_interval: Mapped[int] = mapped_column(default=1)
    delivery_days: Mapped[int | None]
    cpv: Mapped[str | None] = mapped_column(String(8))
    tax_percent: Mapped[int] = mapped_column(default=STANDARD_RATE)
    rc_category: Mapped[bool] = mapped_column(
        default=False, comment="§ 13b Abs. 2 Nr. 10 UStG: possible reverse charge"
    )
    serial_numbers: Mapped[bool] = mapped_column(
        default=False, comment="each piece is delivered with a serial number"
    )
    charge: Mapped[Charge] = mapped_column(
        default=Charge.PURCHASE, server_default=Charge.PURCHASE.value
    )
    shortest_term: Mapped[int | None] = mapped_column(comment="months or pages; inclusive")
    longest_term: Mapped[int | None] = mapped_column(comment="months or pages; inclusive")
    footprint_grams: Mapped[int | None] = mapped_column(comment="CO2 equivalents of one piece")
    family: Mapped[str] = mapped_column(
        String(80), default="", server_default="", comment="variants of one family share it"
    )
    optioned: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="rules say what must or must not be ordered along with it",
    )
    active: Mapped[bool] = mapped_column(default=True)
    details: Mapped[dict[str, object]] = mapped_column(
        JSON, default=dict, comment="features, labels, price basis, images: shown, never decided on"
    )
    content_sha256: Mapped[str] = mapped_column(
        String(64), default="", comment="of everything imported, to see what changed"
    )
    text_digest: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="of its text in the file, if known"
    )
    quiet_until: Mapped[date | None] = mapped_column(
        comment="last day on which reading that text again would remark nothing"
    )


class CatalogEntry(Record):
    """What a version says about one article: a draft's difference, later the catalog's history.

    The whole of `content` stands in every entry, so a state can be restored and written out again.
    """

    __tablename__ = "catalog_entry"
    __table_args__ = (
        UniqueConstraint("catalog_version_id", "sku"),
        Index(
            "ix_catalog_entry_stopped",
            "catalog_version_id",
            "stop",
            sqlite_where=text("stop IS NOT NULL"),
            postgresql_where=text("stop IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    catalog_version_id: Mapped[int] = mapped_column(ForeignKey("catalog_version.id"))
    sku: Mapped[str] = mapped_column(String(64))
    line: Mapped[int] = mapped_column(default=0, comment="of the file; 0: it is not in the file")
    change: Mapped[Change]
    name: Mapped[str] = mapped_column(String(255), default="")
    category: Mapped[str] = mapped_column(String(100), default="")
    old_price: Mapped[UnitPrice | None]
    new_price: Mapped[UnitPrice | None]
    stop: Mapped[Stop | None] = mapped_column(comment="why it may not be published as it is")
    stop_reason: Mapped[str] = mapped_column(String(400), default="")
    content_sha256: Mapped[str] = mapped_column(String(64), default="")
    text_digest: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="of its text in the file, if known"
    )
    quiet_until: Mapped[date | None] = mapped_column(
        comment="last day on which reading that text again would remark nothing"
    )
    content: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)


class Price(Record):
    """A net unit price from a quantity on, valid from (inclusive) to (exclusive)."""

    __tablename__ = "price"
    __table_args__ = (
        Index("ix_price_article", "article_id", "valid_from", "lower_bound"),
        CheckConstraint("lower_bound >= 1", name="lower_bound"),
        CheckConstraint("unit_price > 0", name="positive"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    catalog_version_id: Mapped[int] = mapped_column(ForeignKey("catalog_version.id"))
    lower_bound: Mapped[int] = mapped_column(default=1)
    unit_price: Mapped[UnitPrice]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(
        comment="first day no longer valid; the first day itself: withdrawn on that day"
    )


# A price that an order may have been placed on is never edited, only ended by its successor.
frozen(Price.metadata.tables[Price.__tablename__], but=("valid_to",), deletable=False)
without_overlap(Price.metadata.tables[Price.__tablename__])


class ArticleReference(Record):
    """One article points to another: accessory, consumable that fits, successor."""

    __tablename__ = "article_reference"
    __table_args__ = (UniqueConstraint("article_id", "kind", "target_sku"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    kind: Mapped[str] = mapped_column(String(20))
    target_sku: Mapped[str] = mapped_column(String(64), index=True)
    quantity: Mapped[int] = mapped_column(default=1)


for _record in (Category, Price, ArticleReference):
    marked(CATALOG, table_of(_record))
_VERSION = table_of(CatalogVersion)
# A draft and what becomes of it shows nobody anything before it is published.
marked(CATALOG, _VERSION, but={one.name for one in _VERSION.c} - {"published_at"}, inserts=False)
marked(CATALOG, table_of(Article), inserts=False)
