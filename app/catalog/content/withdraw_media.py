"""The catalog editor takes a picture or document away; the archive keeps its bytes."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.content.note_edit import note_edit
from app.catalog.content_records import ArticleMedia
from app.catalog.records import Article
from app.kernel.errors import Conflict, NotFound


def withdraw_media(
    session: Session, sku: str, media_id: int, person_id: int, now: datetime
) -> None:
    """Conflict where it is withdrawn already."""
    entry = session.get(ArticleMedia, media_id)
    article = None if entry is None else session.get_one(Article, entry.article_id)
    if entry is None or article is None or article.sku != sku:
        raise NotFound
    if entry.withdrawn_at is not None:
        raise Conflict("Diese Datei ist schon entfernt.", "already_withdrawn")
    entry.withdrawn_at, entry.withdrawn_by = now, person_id
    note_edit(session, article, "media_withdrawn", entry.title, person_id, now)
