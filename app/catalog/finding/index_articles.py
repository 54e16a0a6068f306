"""Bring the search up to date with some articles: words, facet values, price of the day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

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

from app.catalog.finding.index_stock import index_stock
from app.catalog.finding.records import FacetProfile, SearchEntry, SearchWord
from app.catalog.finding.search_row import Indexable, SearchRow, entry_for, search_row
from app.catalog.prices import price_rows
from app.catalog.records import Article, Category
from app.catalog.rules import PriceRow
from app.catalog.stock.queries import is_reported
from app.database.among import among
from app.database.base import table_of
from app.database.bulk import insert_rows
from app.database.straight import fetch_all
from app.kernel.unit_price import UnitPrice

BATCH: Final = 2000
WORDS_AT_ONCE: Final = 5000
ENTRY: Final[Table] = table_of(SearchEntry)
PROFILE: Final[Table] = table_of(FacetProfile)
WORD: Final[Table] = table_of(SearchWord)
FACTS: Final = select(  # in the order of Indexable
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
    rows: Mapping[int, Sequence[Any]],
    profiles: Mapping[int, Mapping[str, object]],
    words: Iterable[str],
) -> None:
    """`rows` as SearchRow by id of articles that were written just now, and what they name.

    Of `profiles` by id and of `words` may be left out what an earlier call has brought.
    """
    _write_profiles(session, profiles)
    _write_words(session, words)
    _insert(session, rows)


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
    articles: Sequence[Indexable],
    prices: Mapping[int, Sequence[PriceRow]],
    on: date,
) -> dict[int, SearchRow]:
    """By article its row; profiles and words that it names are there afterwards."""
    entries = {one.id: entry_for(one) for one in articles}
    profiles = {entry.profile.id: entry.profile.content for entry in entries.values()}
    _write_profiles(session, profiles)
    _write_words(session, {word for entry in entries.values() for word in entry.vocabulary()})
    return {
        one.id: search_row(one, entries[one.id], prices.get(one.id, ()), on) for one in articles
    }


def _write_profiles(session: Session, contents: Mapping[int, Mapping[str, object]]) -> None:
    if not contents:
        return
    known = {row.id for row in fetch_all(session, KNOWN_PROFILES, {"ids": list(contents)})}
    rows = [{"id": key, "content": contents[key]} for key in sorted(contents.keys() - known)]
    if rows:
        session.connection().execute(_new_only(session, PROFILE), rows)


def _write_words(session: Session, words: Iterable[str]) -> None:
    used = sorted(words)
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


def _write_entries(session: Session, ids: Sequence[int], wanted: dict[int, SearchRow]) -> None:
    connection = session.connection()
    known = {row.article_id: row for row in fetch_all(session, INDEXED, {"ids": ids})}
    new = {key: row for key, row in wanted.items() if key not in known}
    _insert(session, new)
    if new and is_reported(session):
        index_stock(session, list(new))
    stored = {key: _stored(row) for key, row in wanted.items() if key in known}
    changed = [
        {"of_article": key} | values
        for key, values in stored.items()
        if _differs(known[key], values)
    ]
    if changed:
        statement = update(ENTRY).where(ENTRY.c.article_id == bindparam("of_article"))
        connection.execute(statement, changed)
    gone = [key for key in known if key not in wanted]
    if gone:
        connection.execute(delete(ENTRY).where(ENTRY.c.article_id.in_(gone)))


def _insert(session: Session, wanted: Mapping[int, Sequence[Any]]) -> None:
    rows = ((key, *row) for key, row in wanted.items())
    insert_rows(session, ENTRY, ("article_id", *SearchRow._fields), rows, ready=("price",))


def _stored(row: SearchRow) -> dict[str, Any]:
    """As the columns give it back."""
    price = None if row.price is None else UnitPrice(row.price)
    return row._asdict() | {"price": price}


def _differs(row: Any, values: dict[str, Any]) -> bool:
    """PostgreSQL gives the words back sorted, so they are compared as a set."""
    return any(
        set(row.words.replace("'", "").split()) != set(value.split())
        if name == "words"
        else getattr(row, name) != value
        for name, value in values.items()
    )
