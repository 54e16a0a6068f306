"""The catalog editor adds a picture or a data sheet to an article."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.content.keep_media import HandedIn, MediaRefused, keep_media
from app.catalog.content.note_edit import note_edit
from app.catalog.content.pictures import PictureRefused
from app.catalog.content.queries import article_of
from app.catalog.content_records import ArticleMedia
from app.kernel.errors import FieldError, Malformed


def add_media(session: Session, sku: str, file: HandedIn, now: datetime) -> ArticleMedia:
    """Malformed names the fields: a picture needs words for those who cannot see it."""
    article = article_of(session, sku)
    if not file.content:
        raise Malformed(FieldError("datei", "missing", "Bitte wählen Sie eine Datei aus."))
    if not file.title:
        text = "Bitte beschreiben Sie kurz, was zu sehen ist oder im Dokument steht."
        raise Malformed(FieldError("titel", "missing", text))
    try:
        entry = keep_media(session, article.id, file, now)
    except (MediaRefused, PictureRefused) as refusal:
        raise Malformed(FieldError("datei", refusal.code, refusal.text)) from None
    if entry is None:
        text = "Diese Datei steht schon bei diesem Artikel."
        raise Malformed(FieldError("datei", "known", text))
    note_edit(
        session, article, "media_added", f"{entry.title} ({entry.file_name})", file.person_id, now
    )
    return entry
