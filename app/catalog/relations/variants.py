"""The variants of an article: its family and how to choose among it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.catalog.queries import ArticleRow, article_rows
from app.catalog.records import Article
from app.catalog.relations.rules_variants import Axis, Variant, axes
from app.catalog.visible import Visible

MOST_VARIANTS: Final = 60


def family_rows(
    session: Session, article: Article, on: date, visible: Visible
) -> tuple[ArticleRow, ...]:
    """All articles of the family in the catalog, this one among them; empty without a family."""
    if not article.family:
        return ()
    ids = session.scalars(
        select(Article.id)
        .where(
            Article.family == article.family,
            Article.framework_id == article.framework_id,
            Article.active,
        )
        .order_by(Article.sku)
        .limit(MOST_VARIANTS)
    ).all()
    rows = article_rows(session, ids, on, visible)
    return rows if len(rows) > 1 else ()


def choices(current: ArticleRow, family: Sequence[ArticleRow]) -> tuple[Axis, ...]:
    """What the article page offers; empty where the family does not differ in any feature."""
    variants = [Variant(row.sku, dict(row.features)) for row in family]
    return axes(Variant(current.sku, dict(current.features)), variants) if variants else ()


_OTHER: Final = aliased(Article)
_COUNTS: Final = (
    select(Article.id, func.count(_OTHER.id))
    .join(
        _OTHER,
        (_OTHER.family == Article.family)
        & (_OTHER.framework_id == Article.framework_id)
        & (_OTHER.id != Article.id),
    )
    .where(
        Article.id.in_(bindparam("ids", expanding=True)),
        Article.family != "",
        _OTHER.family != "",
        _OTHER.active,
    )
    .group_by(Article.id)
)


def variant_counts(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many further variants of each of these articles are in the catalog; 0 is left out."""
    return {row[0]: row[1] for row in session.connection().execute(_COUNTS, {"ids": list(ids)})}
