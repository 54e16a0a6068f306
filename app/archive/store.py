"""Keeping and fetching a file by the hash of its content."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.kernel.canonical import sha256_hex
from app.kernel.errors import NotFound


def keep(session: Session, content: bytes, media_type: str, now: datetime) -> str:
    """Store `content` once; the answer is its SHA-256 in hex."""
    digest = sha256_hex(content)
    if session.get(StoredFile, digest) is None:
        session.add(
            StoredFile(
                sha256=digest,
                media_type=media_type,
                size=len(content),
                content=content,
                stored_at=now,
            )
        )
        session.flush()
    return digest


def is_sound(session: Session, sha256: str) -> bool:
    """Whether the file is there and still has the content that its name promises."""
    row = session.execute(
        select(StoredFile.content, StoredFile.size).where(StoredFile.sha256 == sha256)
    ).one_or_none()
    return row is not None and _is(sha256, row.content, row.size)


def content(session: Session, sha256: str) -> StoredFile:
    """The file, checked against its hash; whoever calls has checked who may read it."""
    stored = session.get(StoredFile, sha256)
    if stored is None or not _is(sha256, stored.content, stored.size):
        raise NotFound("Diese Datei liegt nicht unverändert vor.", "file_missing")
    return stored


def _is(sha256: str, content: bytes, size: int) -> bool:
    return sha256_hex(content) == sha256 and len(content) == size
