"""Bring the search up to date with some articles: words, facet values, price of the day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Insert,
    Table,
    bindparam,
    delete,
    exists,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.catalog.finding.entry import ArticleFacts, Entry, entry_of, family_id
from app.catalog.finding.index_stock import index_stock
from app.catalog.finding.price_span import price_span
from app.catalog.finding.records import FacetProfile, SearchEntry, SearchWord
from app.catalog.prices import price_rows
from app.catalog.records import Article, Category
from app.catalog.rules import PriceRow
from app.catalog.rules_charge import Charge
from app.catalog.stock.queries import is_reported
from app.database.among import among
from app.database.base import table_of
from app.database.bulk import insert_rows
from app.database.straight import fetch_all

BATCH: Final = 2000
WORDS_AT_ONCE: Final = 5000
ENTRY: Final[Table] = table_of(SearchEntry)
PROFILE: Final[Table] = table_of(FacetProfile)
WORD: Final[Table] = table_of(SearchWord)
NEW_ENTRY: Final = (
    "article_id",
    "lot_id",
    "profile_id",
    "words",
    "numbers",
    "head",
    "name_key",
    "price",
    "price_from",
    "price_until",
    "delivery_days",
    "family_id",
)


class Indexable(NamedTuple):
    """An active article as the search needs it: the columns of FACTS."""

    id: int
    lot_id: int
    sku: str
    mpn: str
    gtin: str
    name: str
    manufacturer: str
    minimum_quantity: int
    delivery_days: int | None
    framework_id: int
    family: str
    charge: Charge
    details: Mapping[str, Any]
    category: str | None
    category_slug: str | None


FACTS: Final = select(
    Article.id,
    Article.lot_id,
    Article.sku,
    Article.mpn,
    Article.gtin,
    Article.name,
    Article.manufacturer,
    Article.minimum_quantity,
    Article.delivery_days,
    Article.framework_id,
    Article.family,
    Article.charge,
    Article.details,
    Category.name.label("category"),
    Category.slug.label("category_slug"),
)
STORED: Final = FACTS.outerjoin(Category, Category.id == Article.category_id).where(
    among(table_of(Article).c.id, "ids"), Article.active
)
INDEXED: Final = select(ENTRY).where(among(ENTRY.c.article_id, "ids"))
KNOWN_PROFILES: Final = select(PROFILE.c.id).where(among(PROFILE.c.id, "ids"))
KNOWN_WORDS: Final = select(WORD.c.word).where(among(WORD.c.word, "words"))


def index_articles(session: Session, article_ids: Collection[int], on: date) -> None:
    """Articles that are active are found from now on, others are not; unchanged rows stay.

    Articles, prices and labels have to be written before. Runs in the caller's transaction.
    """
    session.flush()
    ids = sorted(article_ids)
    for start in range(0, len(ids), BATCH):
        _index(session, ids[start : start + BATCH], on)


def index_new_articles(
    session: Session,
    articles: Sequence[Indexable],
    prices: Mapping[int, Sequence[PriceRow]],
    on: date,
) -> None:
    """The same for articles that were written just now: nothing of them has to be read back."""
    _insert(session, _wanted(session, articles, prices, on))


def index_again(session: Session, on: date) -> int:
    """Make up for what time has changed: how many entries were missing or had an old price.

    Missing ones are found after an upgrade; a kept price is old once a day has come that ends it.
    The search looks such a price up anew, so that it is right meanwhile, only slower.
    """
    missing = session.scalars(
        select(Article.id).where(
            Article.active, ~exists().where(SearchEntry.article_id == Article.id)
        )
    ).all()
    old = session.scalars(select(SearchEntry.article_id).where(SearchEntry.price_until <= on)).all()
    index_articles(session, [*missing, *old], on)
    return len(missing) + len(old)


def _index(session: Session, ids: Sequence[int], on: date) -> None:
    rows: list[Indexable] = fetch_all(session, STORED, {"ids": ids})
    prices = price_rows(session, [row.id for row in rows])
    _write_entries(session, ids, _wanted(session, rows, prices, on))


def _wanted(
    session: Session,
    rows: Sequence[Indexable],
    prices: Mapping[int, Sequence[PriceRow]],
    on: date,
) -> dict[int, dict[str, Any]]:
    """By article what its row says; profiles and words that it names are there afterwards."""
    entries = {row.id: entry_of(_facts(row)) for row in rows}
    _write_profiles(session, entries.values())
    _write_words(session, entries.values())
    return {row.id: _values(row, entries[row.id], prices.get(row.id, ()), on) for row in rows}


def _facts(row: Indexable) -> ArticleFacts:
    return ArticleFacts(
        row.lot_id,
        row.sku,
        row.mpn,
        row.gtin,
        row.name,
        row.manufacturer,
        row.category or "",
        row.category_slug or "",
        row.details.get("features", ()),
        row.details.get("keywords", ()),
        row.charge,
    )


def _values(row: Indexable, entry: Entry, prices: Sequence[PriceRow], on: date) -> dict[str, Any]:
    span = price_span(prices, row.minimum_quantity, on)
    return {
        "lot_id": row.lot_id,
        "profile_id": entry.profile.id,
        "words": entry.words,
        "numbers": entry.numbers,
        "head": entry.head,
        "name_key": entry.name_key,
        "price": None if row.charge.recurring else span.price,
        "price_from": span.since,
        "price_until": span.until,
        "delivery_days": row.delivery_days,
        "family_id": family_id(row.framework_id, row.family),
    }


def _write_profiles(session: Session, entries: Iterable[Entry]) -> None:
    contents = {entry.profile.id: entry.profile.content for entry in entries}
    known = {row.id for row in fetch_all(session, KNOWN_PROFILES, {"ids": list(contents)})}
    rows = [{"id": key, "content": contents[key]} for key in sorted(contents.keys() - known)]
    if rows:
        session.connection().execute(_new_only(session, PROFILE), rows)


def _write_words(session: Session, entries: Iterable[Entry]) -> None:
    used = sorted({word for entry in entries for word in entry.vocabulary})
    for start in range(0, len(used), WORDS_AT_ONCE):
        some = used[start : start + WORDS_AT_ONCE]
        known = {row.word for row in fetch_all(session, KNOWN_WORDS, {"words": some})}
        rows = [{"word": word} for word in some if word not in known]
        if rows:
            session.connection().execute(_new_only(session, WORD), rows)


def _new_only(session: Session, table: Table) -> Insert:
    """Two publications may bring the same word at the same time."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _write_entries(session: Session, ids: Sequence[int], wanted: dict[int, dict[str, Any]]) -> None:
    connection = session.connection()
    known = {row.article_id: row for row in fetch_all(session, INDEXED, {"ids": ids})}
    new = {key: values for key, values in wanted.items() if key not in known}
    _insert(session, new)
    if new and is_reported(session):
        index_stock(session, list(new))
    changed = [
        {"of_article": key} | values
        for key, values in wanted.items()
        if key in known and _differs(known[key], values)
    ]
    if changed:
        statement = update(ENTRY).where(ENTRY.c.article_id == bindparam("of_article"))
        connection.execute(statement, changed)
    gone = [key for key in known if key not in wanted]
    if gone:
        connection.execute(delete(ENTRY).where(ENTRY.c.article_id.in_(gone)))


def _insert(session: Session, wanted: Mapping[int, Mapping[str, Any]]) -> None:
    rows = ((key, *values.values()) for key, values in wanted.items())
    insert_rows(session, ENTRY, NEW_ENTRY, rows)


def _differs(row: Any, values: dict[str, Any]) -> bool:
    """PostgreSQL gives the words back sorted, so they are compared as a set."""
    return any(
        set(row.words.replace("'", "").split()) != set(value.split())
        if name == "words"
        else getattr(row, name) != value
        for name, value in values.items()
    )
