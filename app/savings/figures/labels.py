"""Which sustainability labels the ordered articles carried on the day of their order."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.content_records import ArticleLabel
from app.catalog.rules_labels import Label
from app.kernel.legal_day import legal_day

Bought = tuple[int, date]


def labels_when_bought(
    session: Session, bought: Iterable[Bought]
) -> dict[Bought, tuple[Label, ...]]:
    """By article and day; what was withdrawn later counted then, so a past report stays."""
    wanted = set(bought)
    rows = session.execute(
        select(
            ArticleLabel.article_id,
            ArticleLabel.label,
            ArticleLabel.valid_from,
            ArticleLabel.valid_to,
            ArticleLabel.withdrawn_at,
        ).where(ArticleLabel.article_id.in_({article_id for article_id, _ in wanted}))
    ).all()
    claims: dict[int, list[tuple[Label, date, date | None]]] = {}
    for article_id, label, begins, ends, withdrawn_at in rows:
        gone = None if withdrawn_at is None else legal_day(withdrawn_at)
        first_without = min((day for day in (ends, gone) if day is not None), default=None)
        claims.setdefault(article_id, []).append((label, begins, first_without))
    return {(article_id, day): _on(claims.get(article_id, ()), day) for article_id, day in wanted}


def _on(claims: Iterable[tuple[Label, date, date | None]], day: date) -> tuple[Label, ...]:
    held = {label for label, begins, ends in claims if begins <= day and (not ends or day < ends)}
    return tuple(label for label in Label if label in held)
