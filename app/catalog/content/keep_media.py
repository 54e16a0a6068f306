"""Keeping a picture or document of an article in the archive, whoever handed it in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.media_type import LARGEST_FILE, media_type_of
from app.archive.store import keep
from app.catalog.content.pictures import MEDIA_TYPE, Picture, drawn
from app.catalog.content_records import ArticleMedia, MediaKind
from app.kernel.canonical import sha256_hex
from app.kernel.errors import DomainError

MOST_PER_ARTICLE: Final = 20
PDF: Final = "application/pdf"


class MediaRefused(DomainError):
    """The file cannot be kept for this article."""

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file with the words that describe it, and who handed it in: a version or a person."""

    file_name: str
    title: str
    content: bytes
    catalog_version_id: int | None = None
    person_id: int | None = None


def keep_media(
    session: Session, article_id: int, file: HandedIn, now: datetime
) -> ArticleMedia | None:
    """The new entry; None where the article has this very file already.

    A PDF is a document, everything else must be a picture. Raises MediaRefused, PictureRefused.
    """
    digest = sha256_hex(file.content)
    present = session.execute(
        select(ArticleMedia.origin_sha256, ArticleMedia.position).where(
            ArticleMedia.article_id == article_id, ArticleMedia.withdrawn_at.is_(None)
        )
    ).all()
    if any(row.origin_sha256 == digest for row in present):
        return None
    if len(present) >= MOST_PER_ARTICLE:
        raise MediaRefused(f"Ein Artikel hat höchstens {MOST_PER_ARTICLE} Bilder und Dokumente.")
    entry = _entry(session, file, digest, now)
    entry.article_id = article_id
    entry.position = max((row.position for row in present), default=0) + 1
    session.add(entry)
    session.flush()
    return entry


def _entry(session: Session, file: HandedIn, digest: str, now: datetime) -> ArticleMedia:
    if len(file.content) > LARGEST_FILE:
        raise MediaRefused("Die Datei hat mehr als 10 MB.")
    is_document = media_type_of(file.content) == PDF
    picture = None if is_document else drawn(file.content)
    shown = file.content if picture is None else picture.large
    return ArticleMedia(
        kind=MediaKind.DOCUMENT if picture is None else MediaKind.PICTURE,
        title=file.title[:200],
        file_name=file.file_name[:200],
        origin_sha256=digest,
        sha256=keep(session, shown, PDF if picture is None else MEDIA_TYPE, now),
        thumbnail_sha256=_thumbnail(session, picture, now),
        size=len(shown),
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        catalog_version_id=file.catalog_version_id,
        recorded_at=now,
        recorded_by=file.person_id,
    )


def _thumbnail(session: Session, picture: Picture | None, now: datetime) -> str | None:
    return None if picture is None else keep(session, picture.thumbnail, MEDIA_TYPE, now)
