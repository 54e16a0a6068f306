"""Exact numbers to articles: article number, EAN, or the maker's number, however it is written."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, cast, literal, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.catalog.finding.conditions import WORDS
from app.catalog.finding.entry import NUMBER
from app.catalog.finding.expression import Word, any_of, for_fts5, for_tsquery
from app.catalog.finding.ranges import ENTRY
from app.catalog.finding.words import compact, mark
from app.catalog.records import Article
from app.catalog.visible import Visible, sees

EAN: Final = 13
# Built once: putting a statement together costs more than executing it.
_BY_SKU: Final = select(Article.sku, Article.lot_id).where(
    Article.sku.in_(bindparam("skus", expanding=True))
)
_NUMBERS: Final = (
    select(Article.sku, Article.gtin, Article.mpn, Article.lot_id)
    .where(Article.id.in_(bindparam("ids", expanding=True)))
    .order_by(Article.sku)
)


def find_numbers(
    session: Session, numbers: Collection[str], visible: Visible
) -> dict[str, tuple[str, ...]]:
    """The article numbers that each number stands for; several where makers share one.

    The article's own number counts before an EAN, that before a maker's. Capitals and separators
    do not matter, nor do the noughts in front of an EAN, which spreadsheets drop. Unknown and
    hidden ones are absent.
    """
    rows = session.execute(_BY_SKU, {"skus": list(numbers)}).all()
    exact = {row.sku for row in rows if sees(visible, row.lot_id)}
    found: dict[str, tuple[str, ...]] = {one: (one,) for one in numbers if one in exact}
    rest = {number: _keys(number) for number in numbers if number not in found}
    keys = dict.fromkeys(key for some in rest.values() for key in some)
    if not keys:
        return found
    ids = _with_number(session, list(keys))
    by_key: tuple[dict[str, list[str]], ...] = ({}, {}, {})
    for row in session.execute(_NUMBERS, {"ids": ids}):
        if sees(visible, row.lot_id):
            for kind, number in enumerate((row.sku, row.gtin, row.mpn)):
                by_key[kind].setdefault(compact(number), []).append(row.sku)
    for number, some in rest.items():
        hits = (tuple(kind[key]) for kind in by_key for key in some if key in kind)
        first = next(hits, ())
        if first:
            found[number] = first
    return found


def _with_number(session: Session, keys: list[str]) -> list[int]:
    """Articles whose index holds one of the numbers."""
    wanted = any_of([Word(mark(NUMBER, key)) for key in keys])
    if session.get_bind().dialect.name == "sqlite":
        match = WORDS.c.search_entry_words.op("MATCH")(literal(for_fts5(wanted)))
        return list(session.scalars(select(WORDS.c.rowid).where(match)))
    query = cast(literal(for_tsquery(wanted)), TSQUERY)
    holds = ENTRY.c.words.bool_op("@@")(query)
    return list(session.scalars(select(ENTRY.c.article_id).where(holds)))


def _keys(number: str) -> tuple[str, ...]:
    """How it may stand in the index."""
    key = compact(number)
    if not key:
        return ()
    if key.isdecimal() and len(key) <= EAN + 1:
        lengths = (len(key), EAN, EAN + 1)
        return tuple(dict.fromkeys((key, *(key.zfill(length) for length in lengths))))
    return (key,)
