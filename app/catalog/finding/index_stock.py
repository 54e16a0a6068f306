"""Bring the search up to date with stock: until when an article counts as in stock."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.catalog.finding.records import SearchEntry
from app.catalog.records import Article
from app.catalog.stock.records import StockFigure
from app.database.base import table_of

BATCH: Final = 2000
ENTRY: Final = table_of(SearchEntry)


def index_stock(session: Session, article_ids: Collection[int]) -> None:
    """In stock is who can deliver the smallest order. Figures have to be written before."""
    ids = sorted(article_ids)
    for start in range(0, len(ids), BATCH):
        _index(session, ids[start : start + BATCH])


def _index(session: Session, ids: list[int]) -> None:
    until = (
        select(func.max(StockFigure.counts_until))
        .join(Article, Article.id == StockFigure.article_id)
        .where(
            StockFigure.article_id == ENTRY.c.article_id,
            StockFigure.quantity >= Article.minimum_quantity,
            StockFigure.quantity > 0,
        )
        .correlate(ENTRY)
        .scalar_subquery()
    )
    differs = ENTRY.c.in_stock_until.is_distinct_from(until)
    session.connection().execute(
        update(ENTRY).where(ENTRY.c.article_id.in_(ids), differs).values(in_stock_until=until)
    )
