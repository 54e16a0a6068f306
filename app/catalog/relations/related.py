"""The articles that an article points to, and those that point to it, by kind."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.catalog.queries import ArticleRow, article_rows, rows_by_sku
from app.catalog.records import Article, ArticleReference
from app.catalog.visible import Visible

ACCESSORY: Final = "accessories"
FITTING: Final = frozenset({ACCESSORY, "sparepart", "others"})
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """How many of an article a supplier's set holds."""

    row: ArticleRow
    quantity: int


@dataclass(frozen=True, slots=True)
class Related:
    """Everything that stands beside an article; only what is in the catalog today."""

    accessories: tuple[ArticleRow, ...]
    similar: tuple[ArticleRow, ...]
    followups: tuple[ArticleRow, ...]
    content: tuple[Piece, ...]
    fits: tuple[ArticleRow, ...]


def related(session: Session, article: Article, on: date, visible: Visible) -> Related:
    """Compatibility is one relation, read from both ends: who names whom does not matter.

    A dangling reference is no broken link: it is left out.
    """
    links = session.execute(
        select(ArticleReference.kind, ArticleReference.target_sku, ArticleReference.quantity)
        .where(ArticleReference.article_id == article.id)
        .order_by(ArticleReference.id)
    ).all()
    rows = {
        row.sku: row
        for row in rows_by_sku(session, [link.target_sku for link in links], on, visible)
    }
    offered = {sku: row for sku, row in rows.items() if row.orderable}

    def of(*kinds: str) -> tuple[ArticleRow, ...]:
        return tuple(
            offered[link.target_sku]
            for link in links
            if link.kind in kinds and link.target_sku in offered
        )

    return Related(
        accessories=of(*FITTING),
        similar=of("similar", "diff_orderunit"),
        followups=of("followup"),
        content=tuple(
            Piece(rows[link.target_sku], link.quantity)
            for link in links
            if link.kind == "consists_of" and link.target_sku in rows
        ),
        fits=_pointing_here(session, article.sku, on, visible),
    )


def _pointing_here(
    session: Session, sku: str, on: date, visible: Visible
) -> tuple[ArticleRow, ...]:
    """The devices that name this article as their accessory or spare part."""
    ids = session.scalars(
        select(Article.id)
        .join(ArticleReference, ArticleReference.article_id == Article.id)
        .where(
            ArticleReference.target_sku == sku,
            or_(*(ArticleReference.kind == kind for kind in sorted(FITTING))),
            Article.active,
        )
        .order_by(Article.name)
        .limit(MOST)
    ).all()
    return article_rows(session, ids, on, visible)
