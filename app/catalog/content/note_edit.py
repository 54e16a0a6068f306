"""Putting an edit of an article on record: kept pages become old, the audit knows who."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.content_records import ArticleEdit
from app.catalog.records import Article


def note_edit(
    session: Session, article: Article, what: str, detail: str, person_id: int | None, now: datetime
) -> None:
    """`what` is a short English word for programs, `detail` a German one for people."""
    session.add(
        ArticleEdit(article_id=article.id, what=what, detail=detail[:300], at=now, by=person_id)
    )
    session.flush()
    actor = f"person:{person_id}" if person_id else "system"
    payload: dict[str, object] = {"detail": detail[:300]}
    append(session, COOPERATIVE, now, Happening(f"article.{what}", article.sku, actor, payload))
