"""The catalog editor takes back a label that was recorded or claimed wrongly."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.content.note_edit import note_edit
from app.catalog.content_records import ArticleLabel
from app.catalog.records import Article
from app.kernel.errors import Conflict, NotFound


def withdraw_label(
    session: Session, sku: str, label_id: int, person_id: int, now: datetime
) -> None:
    """It stays on record; Conflict where it is withdrawn already."""
    entry = session.get(ArticleLabel, label_id)
    article = None if entry is None else session.get_one(Article, entry.article_id)
    if entry is None or article is None or article.sku != sku:
        raise NotFound
    if entry.withdrawn_at is not None:
        raise Conflict("Dieses Umweltzeichen ist schon zurückgenommen.", "already_withdrawn")
    entry.withdrawn_at, entry.withdrawn_by = now, person_id
    note_edit(session, article, "label_withdrawn", entry.label.german, person_id, now)
