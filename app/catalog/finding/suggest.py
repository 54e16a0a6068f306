"""Suggestions while somebody types: articles, and where to look further."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.search import FacetEntry, Hits, Search
from app.catalog.queries import ArticleRow, article_rows
from app.catalog.supplier_offers.turns import turns_on
from app.catalog.visible import Visible

SHORTEST: Final = 2
ARTICLES: Final = 6
GROUPS: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`total` counts all hits; `groups` and `makers` are those with the most of them."""

    typed: str
    articles: tuple[ArticleRow, ...] = ()
    groups: tuple[FacetEntry, ...] = ()
    makers: tuple[FacetEntry, ...] = ()
    total: int = 0
    capped: bool = False


def suggest(session: Session, typed: str, on: date, visible: Visible) -> Suggestions:
    """The first ones of the list that the search would show; nothing for less than two signs."""
    if len(typed.strip()) < SHORTEST:
        return Suggestions(typed)
    turns = turns_on(session, on)
    hits = find_articles(session, Search(typed, limit=ARTICLES, fold=True), on, visible, turns)
    rows = article_rows(session, hits.ids, on, visible, turns)
    groups, makers = _most(hits, "category"), _most(hits, "manufacturer")
    return Suggestions(typed, rows, groups, makers, hits.total, hits.capped)


def _most(hits: Hits, facet: str) -> tuple[FacetEntry, ...]:
    entries = sorted(hits.facets.get(facet, ()), key=lambda entry: -entry.count)
    return tuple(entries[:GROUPS]) if len(entries) > 1 else ()
