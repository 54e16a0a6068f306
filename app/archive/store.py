"""Keeping and fetching a file by the hash of its content."""

from datetime import datetime

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


def content(session: Session, sha256: str) -> StoredFile:
    """The file, checked against its hash; whoever calls has checked who may read it."""
    stored = session.get(StoredFile, sha256)
    if stored is None or sha256_hex(stored.content) != sha256:
        raise NotFound("Diese Datei liegt nicht unverändert vor.", "file_missing")
    return stored
