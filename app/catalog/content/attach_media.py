"""Pictures and data sheets that came with a catalog file, in its order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.content.keep_media import HandedIn, MediaRefused, keep_media
from app.catalog.content.pictures import PictureRefused
from app.catalog.content_records import ArticleMedia
from app.kernel.canonical import sha256_hex


def attach_media(
    session: Session, article_id: int, files: Sequence[HandedIn], now: datetime
) -> tuple[str, ...]:
    """German sentences for the files that were refused; the others stand at the article now.

    Files of earlier versions that this one no longer has are withdrawn, those of people stay.
    """
    refused = []
    for file in files:
        try:
            keep_media(session, article_id, file, now)
        except (MediaRefused, PictureRefused) as refusal:
            refused.append(f"{file.file_name}: {refusal.text}")
    present = {sha256_hex(file.content) for file in files}
    gone = session.scalars(
        select(ArticleMedia).where(
            ArticleMedia.article_id == article_id,
            ArticleMedia.catalog_version_id.is_not(None),
            ArticleMedia.withdrawn_at.is_(None),
            ArticleMedia.origin_sha256.not_in(present),
        )
    )
    for entry in gone:
        entry.withdrawn_at = now
    session.flush()
    return tuple(refused)
