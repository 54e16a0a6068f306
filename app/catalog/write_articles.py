"""Turning the entries of a version into the articles that people order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, Table, bindparam, delete, literal_column, select, update
from sqlalchemy.orm import Session

from app.catalog.content.attach_files import CatalogFiles
from app.catalog.content.attach_labels import attach_labels
from app.catalog.finding.index_articles import Indexable, index_articles, index_new_articles
from app.catalog.publish_prices import Publication, publish_prices
from app.catalog.records import Article, ArticleReference, CatalogEntry, CatalogVersion, Category
from app.catalog.relations.index_models import Described, index_models
from app.catalog.relations.option_queries import has_binding, ruled_skus
from app.catalog.relations.rules_variants import family_of
from app.catalog.rules import Change, PriceRow, has_serial_numbers, may_reverse_charge
from app.catalog.rules_derived import derived, said
from app.catalog.rules_pack import pieces_in
from app.database.among import among
from app.database.base import table_of
from app.database.bulk import insert_rows, next_ids, plan_each_time
from app.database.straight import fetch_all
from app.frameworks.records import Framework, Lot
from app.kernel.german import fold
from app.kernel.vat import STANDARD_RATE

BATCH: Final = 500
ARTICLE: Final[Table] = table_of(Article)
REFERENCE: Final[Table] = table_of(ArticleReference)
OFFERED: Final = frozenset({Change.NEW, Change.CHANGED, Change.REGROUPED})


class Entry(NamedTuple):
    """What the version says about one article, as ENTRIES reads it."""

    id: int
    sku: str
    change: Change
    category: str
    content: dict[str, Any]
    content_sha256: str
    text_digest: str
    quiet_until: date | None


ENTRIES: Final = (
    select(
        CatalogEntry.id,
        CatalogEntry.sku,
        CatalogEntry.change,
        CatalogEntry.category,
        CatalogEntry.content,
        CatalogEntry.content_sha256,
        CatalogEntry.text_digest,
        CatalogEntry.quiet_until,
    )
    .where(
        CatalogEntry.catalog_version_id == bindparam("version"),
        CatalogEntry.id > bindparam("after"),
    )
    .order_by(CatalogEntry.id)
    .limit(literal_column(str(BATCH), Integer))
)

KEPT_TO_FIND: Final = itemgetter(*Indexable._fields[:-2])
NUMBERS: Final = select(ARTICLE.c.sku, ARTICLE.c.id).where(among(ARTICLE.c.sku, "skus"))


class _Batch(NamedTuple):
    """Some entries, and by number the ids of articles: those of before, those that are new."""

    entries: list[Entry]
    known: dict[str, int]
    new: dict[str, int]


class _Found(NamedTuple):
    """What the search has to learn: of new articles all there is, of known ones which they are."""

    new: list[Indexable]
    prices: Mapping[int, Sequence[PriceRow]]
    known: list[int]


class ArticleWriter:
    """Writes one version batch by batch."""

    def __init__(
        self,
        session: Session,
        version: CatalogVersion,
        framework: Framework,
        day: date,
    ) -> None:
        self._session = session
        self._version = version
        self._framework = framework
        self._day = day
        plan_each_time(session)
        self._publication = Publication(version, framework, day, _is_first(session, framework))
        lots = select(Lot.number, Lot.id).where(Lot.framework_id == framework.id)
        self._lots = dict(session.execute(lots).all())
        self._categories = {one.slug: one for one in session.scalars(select(Category))}
        self._ruled = ruled_skus(session)
        self._files = CatalogFiles(session, version)

    def write(self) -> None:
        """All entries of the version, in the order in which they were staged.

        The next ones are read before the search is written: PostgreSQL is busy with that for long.
        """
        batch = self._read(0)
        while batch:
            found = self._write(batch)
            following = self._read(batch.entries[-1].id)
            self._index(found)
            batch = following

    def write_some(self, after: int) -> int | None:
        """The next entries after that id; the id of the last one, None where there are none."""
        batch = self._read(after)
        if batch is None:
            return None
        self._index(self._write(batch))
        return batch.entries[-1].id

    def _read(self, after: int) -> _Batch | None:
        self._session.flush()
        after_it = {"version": self._version.id, "after": after}
        entries: list[Entry] = fetch_all(self._session, ENTRIES, after_it)
        if not entries:
            return None
        skus = [entry.sku for entry in entries]
        known = dict(fetch_all(self._session, NUMBERS, {"skus": skus}))
        fresh = [one.sku for one in entries if one.change in OFFERED and one.sku not in known]
        numbers = next_ids(self._session, ARTICLE, len(fresh))
        return _Batch(entries, known, dict(zip(fresh, numbers, strict=True)))

    def _write(self, batch: _Batch) -> _Found:
        entries, known = batch.entries, batch.known
        fresh = [entry for entry in entries if entry.sku in batch.new]
        new = [{"id": batch.new[one.sku], **self._values(one)} for one in fresh]
        if new:
            insert_rows(self._session, ARTICLE, tuple(new[0]), (list(row.values()) for row in new))
        changed = [
            self._values(entry) | {"of_id": known[entry.sku]}
            for entry in entries
            if entry.change in OFFERED and entry.sku in known
        ]
        connection = self._session.connection()
        if changed:
            connection.execute(update(ARTICLE).where(ARTICLE.c.id == bindparam("of_id")), changed)
        removed = [known[entry.sku] for entry in entries if entry.change is Change.REMOVED]
        if removed:
            gone = update(ARTICLE).where(ARTICLE.c.id.in_(removed))
            connection.execute(gone.values(active=False, catalog_version_id=self._version.id))
        prices = self._attach(entries, known | batch.new, known.values())
        to_find = [self._indexable(one.category, row) for one, row in zip(fresh, new, strict=True)]
        return _Found(to_find, prices, list(known.values()))

    def _index(self, found: _Found) -> None:
        index_new_articles(self._session, found.new, found.prices, self._day)
        index_articles(self._session, found.known, self._day)

    def _attach(
        self, entries: Sequence[Entry], ids: dict[str, int], known: Collection[int]
    ) -> Mapping[int, Sequence[PriceRow]]:
        """What stands beside the articles: references, models, prices; the new ones of these.

        `known` are the ids of those that earlier versions have brought.
        """
        offered = [entry for entry in entries if entry.change in OFFERED]
        told = {ids[entry.sku]: said(entry.content) for entry in entries}
        attach_labels(self._session, told, known, self._version, self._day)
        if known:
            self._session.execute(delete(REFERENCE).where(REFERENCE.c.article_id.in_(known)))
        references = {
            (ids[entry.sku], kind, target): quantity
            for entry in offered
            for kind, target, quantity in entry.content["references"]
        }
        columns = ("article_id", "kind", "target_sku", "quantity")
        rows = ((*key, quantity) for key, quantity in references.items())
        insert_rows(self._session, REFERENCE, columns, rows)
        described = (
            Described(
                ids[entry.sku],
                entry.content["name"],
                entry.content["cpv"],
                entry.content["features"],
            )
            for entry in offered
        )
        index_models(self._session, described, known)
        self._files.attach({ids[entry.sku]: entry.content.get("media", ()) for entry in offered})
        wanted = {ids[entry.sku]: entry.content.get("prices", []) for entry in entries}
        return publish_prices(self._session, wanted, known, self._publication)

    def _values(self, entry: Entry) -> dict[str, Any]:
        content = entry.content
        tax = content["tax_percent"]
        return {
            "framework_id": self._framework.id,
            "lot_id": self._lots[content["lot"]],
            "catalog_version_id": self._version.id,
            "category_id": self._category(entry.category).id,
            "sku": entry.sku,
            "name": content["name"],
            "description": content["description"],
            "manufacturer": content["manufacturer"],
            "mpn": content["mpn"],
            "gtin": content["gtin"],
            "order_unit": content["order_unit"],
            "pieces_per_unit": pieces_in(content),
            "minimum_quantity": content["quantity_min"],
            "quantity_interval": content["quantity_interval"],
            "delivery_days": content["delivery_days"],
            "cpv": content["cpv"] or None,
            "tax_percent": STANDARD_RATE if tax is None else tax,
            "rc_category": may_reverse_charge(content["cpv"]),
            "serial_numbers": has_serial_numbers(content["cpv"]),
            "active": True,
            "details": _shown(content),
            "family": (content["family"] or family_of(content["features"]))[:80],
            **derived(said(content), content["order_unit"]),
            "optioned": entry.sku in self._ruled or has_binding(content["references"]),
            "content_sha256": entry.content_sha256,
            "text_digest": entry.text_digest,
            "quiet_until": entry.quiet_until,
        }

    def _indexable(self, group: str, values: Mapping[str, Any]) -> Indexable:
        category = self._category(group)
        return Indexable._make((*KEPT_TO_FIND(values), category.name, category.slug))

    def _category(self, name: str) -> Category:
        slug = slug_of(name)
        if slug not in self._categories:
            category = Category(slug=slug, name=name, parent_id=None)
            self._session.add(category)
            self._session.flush()
            self._categories[slug] = category
        return self._categories[slug]


def _is_first(session: Session, framework: Framework) -> bool:
    """Whether the framework had no catalog before."""
    published = select(CatalogVersion.id).where(
        CatalogVersion.framework_id == framework.id, CatalogVersion.published_at.is_not(None)
    )
    return session.execute(published.limit(1)).first() is None


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """What is only shown; and what the file's amounts are for, where it is not one unit."""
    names = ("features", "keywords", "remarks", "classifications", "list_price")
    shown = {name: content[name] for name in names}
    per = content.get("price_quantity") or "1"
    return shown if per == "1" else shown | {"price_quantity": per}


@lru_cache(maxsize=1024)
def slug_of(name: str) -> str:
    """`Drucker und MFP A4` → `drucker-und-mfp-a4`."""
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(name))
    return "-".join(signs.split())[:80] or "sonstiges"
