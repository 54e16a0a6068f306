"""Turning the entries of a version into the articles that people order."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from app.catalog.content.attach_files import CatalogFiles
from app.catalog.content.attach_labels import attach_labels
from app.catalog.entry_prices import PriceTerms
from app.catalog.entry_rows import VALUES, ArticleRows, Batch, Entry, Terms, work_out
from app.catalog.finding.index_articles import index_articles, index_new_articles
from app.catalog.publish_prices import publish_prices
from app.catalog.records import Article, ArticleReference, CatalogEntry, CatalogVersion, Category
from app.catalog.relations.index_models import index_models
from app.catalog.relations.option_queries import ruled_skus
from app.catalog.rules import Change
from app.catalog.rules_groups import slug_of
from app.catalog.rules_periods import NEXT_DAY
from app.database.among import among
from app.database.base import table_of
from app.database.bulk import insert_rows, next_ids, plan_each_time
from app.database.straight import fetch_all
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.records import Framework, Lot

BATCH: Final = 500
ARTICLE: Final[Table] = table_of(Article)
REFERENCE: Final[Table] = table_of(ArticleReference)
ENTRIES: Final = (  # as Entry, nothing of it made ready
    select(
        CatalogEntry.id,
        CatalogEntry.sku,
        type_coerce(CatalogEntry.change, String).label("change"),
        CatalogEntry.category,
        type_coerce(CatalogEntry.content, Text).label("content"),
        CatalogEntry.content_sha256,
        CatalogEntry.text_digest,
        CatalogEntry.quiet_until,
    )
    .where(
        # By its id only: SQLite would look up the whole version and sort it for every batch.
        CatalogEntry.catalog_version_id + literal_column("0")
        == bindparam("version", type_=Integer),
        CatalogEntry.id > bindparam("after"),
        CatalogEntry.id <= bindparam("last"),
    )
    .order_by(CatalogEntry.id)
    .limit(literal_column(str(BATCH), Integer))
)

LAST: Final = select(func.max(CatalogEntry.id)).where(
    CatalogEntry.catalog_version_id == bindparam("version")
)
NUMBERS: Final = select(ARTICLE.c.sku, ARTICLE.c.id).where(among(ARTICLE.c.sku, "skus"))
COLUMNS: Final = ("id", "catalog_version_id", "category_id", "optioned", *VALUES)
DETAILS: Final = VALUES.index("details")


class _Found(NamedTuple):
    """What the search has to learn: of new articles their rows, of others which they are."""

    new: dict[int, Sequence[Any]]
    others: list[int]


class _Group(NamedTuple):
    id: int
    name: str


class ArticleWriter:
    """Writes one version batch by batch."""

    def __init__(
        self, session: Session, version: CatalogVersion, framework: Framework, day: date
    ) -> None:
        self._session = session
        self._version = version
        self._version_id = version.id
        plan_each_time(session)
        known = session.execute(select(Category.slug, Category.id, Category.name))
        self._groups = {slug: _Group(number, name) for slug, number, name in known}
        self._ruled = ruled_skus(session)
        self._files = CatalogFiles(session, version)
        self.terms: Final = _terms(session, version, framework, day, files=self._files.there)

    @property
    def groups(self) -> dict[str, str]:
        """The names of all groups by slug."""
        return {slug: group.name for slug, group in self._groups.items()}

    def write(self) -> None:
        """All entries of the version, in the order in which they were staged.

        The next ones are worked out before the search is written: PostgreSQL is busy for long.
        """
        batches = work_out(self._entries(), self.terms, self.groups)
        batch = next(batches, None)
        while batch:
            found = self._write(batch)
            following = next(batches, None)
            self._index(batch, found)
            batch = following

    def write_some(self, batch: Batch) -> None:
        self._index(batch, self._write(batch))

    def span(self, after: int) -> dict[str, int]:
        """What ENTRIES is asked with for those after that id."""
        version = {"version": self._version.id}
        return version | {"after": after, "last": self._session.scalar(LAST, version) or 0}

    def _entries(self) -> Iterator[list[Entry]]:
        self._session.flush()
        span = self.span(0)
        while entries := fetch_all(self._session, ENTRIES, span):
            yield entries
            span["after"] = entries[-1].id

    def _write(self, batch: Batch) -> _Found:
        self._session.flush()
        articles = [ArticleRows._make(one) for one in batch.articles]
        known = dict(fetch_all(self._session, NUMBERS, {"skus": [one.sku for one in articles]}))
        fresh = [one for one in articles if one.values and one.sku not in known]
        numbers = next_ids(self._session, ARTICLE, len(fresh))
        rows = [(number, *self._values(one)) for number, one in zip(numbers, fresh, strict=True)]
        insert_rows(self._session, ARTICLE, COLUMNS, rows, ready=("details",))
        self._update([one for one in articles if one.sku in known], known)
        ids = known | {one.sku: number for number, one in zip(numbers, fresh, strict=True)}
        self._attach(articles, ids, known)
        misnamed = {one.sku for one in fresh if self._group(one.group).name != one.called}
        return _Found(
            {ids[one.sku]: one.found for one in fresh if one.sku not in misnamed},
            [*known.values(), *(ids[sku] for sku in misnamed)],
        )

    def _update(self, articles: Iterable[ArticleRows], known: Mapping[str, int]) -> None:
        connection = self._session.connection()
        changed = [
            dict(zip(COLUMNS[1:], self._values(one), strict=True))
            | {"details": json.loads(one.values[DETAILS]), "active": True, "of_id": known[one.sku]}
            for one in articles
            if one.values
        ]
        if changed:
            connection.execute(update(ARTICLE).where(ARTICLE.c.id == bindparam("of_id")), changed)
        removed = [known[one.sku] for one in articles if one.change is Change.REMOVED]
        if removed:
            gone = update(ARTICLE).where(ARTICLE.c.id.in_(removed))
            connection.execute(gone.values(active=False, catalog_version_id=self._version.id))

    def _index(self, batch: Batch, found: _Found) -> None:
        index_new_articles(self._session, found.new, batch.profiles, batch.words)
        index_articles(self._session, found.others, self.terms.prices.day)

    def _attach(
        self, articles: Sequence[ArticleRows], ids: Mapping[str, int], known: Mapping[str, int]
    ) -> None:
        """What stands beside the articles: labels, references, models, files, prices.

        `ids` by number, `known` of those that earlier versions have brought.
        """
        session, version, older = self._session, self._version, known.values()
        claims = {ids[one.sku]: one.claims for one in articles}
        attach_labels(session, claims, older, version, self.terms.prices.day)
        if known:
            session.execute(delete(REFERENCE).where(REFERENCE.c.article_id.in_(older)))
        offered = {ids[one.sku]: one for one in articles if one.values}
        columns = ("article_id", "kind", "target_sku", "quantity")
        references = ((key, *told) for key, one in offered.items() for told in one.references)
        insert_rows(session, REFERENCE, columns, references)
        index_models(session, {key: one.models for key, one in offered.items()}, older)
        self._files.attach({key: one.media for key, one in offered.items()})
        listed = {known[one.sku]: one.prices for one in articles if one.sku in known}
        begun = {key: one.begun for key, one in offered.items() if one.sku not in known}
        publish_prices(session, listed, begun, self.terms)

    def _values(self, one: ArticleRows) -> tuple[Any, ...]:
        """In the order of COLUMNS without the id."""
        optioned = one.binding or one.sku in self._ruled
        return self._version_id, self._group(one.group).id, optioned, *one.values

    def _group(self, name: str) -> _Group:
        slug = slug_of(name)
        if slug not in self._groups:
            group = Category(slug=slug, name=name, parent_id=None)
            self._session.add(group)
            self._session.flush()
            self._groups[slug] = _Group(group.id, name)
        return self._groups[slug]


def _terms(
    session: Session, version: CatalogVersion, framework: Framework, day: date, *, files: bool
) -> Terms:
    """A price without a first day counts from the framework's begin where its catalog is the first.

    Without a last day it counts until the framework's price guarantee ends, else without end.
    """
    lots = select(Lot.number, Lot.id).where(Lot.framework_id == framework.id)
    published = select(CatalogVersion.id).where(
        CatalogVersion.framework_id == framework.id, CatalogVersion.published_at.is_not(None)
    )
    first = session.execute(published.limit(1)).first() is None
    fixed_until = price_rule_on(session, framework.id, day).fixed_until
    return Terms(
        framework_id=framework.id,
        version_id=version.id,
        lots=dict(session.execute(lots).all()),
        prices=PriceTerms(
            day=day,
            begins=framework.valid_from if first else day,
            ends=fixed_until + NEXT_DAY if fixed_until else None,
            first=first,
        ),
        files=files,
    )
