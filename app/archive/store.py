"""Keeping and fetching a file by the hash of its content."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile, StoredFile
from app.kernel.canonical import sha256_hex
from app.kernel.errors import Gone, NotFound

AT_ONCE = 500


class FileState(StrEnum):
    SOUND = "sound"
    ERASED = "erased"
    BROKEN = "broken"


def keep(session: Session, content: bytes, media_type: str, now: datetime) -> str:
    """Store `content` once; the answer is its SHA-256 in hex. What was erased comes back."""
    digest = sha256_hex(content)
    stored = session.get(StoredFile, digest)
    if stored is None:
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
    elif _is_empty(stored.content, stored.size):
        stored.content = content
        session.flush()
    return digest


def file_state(session: Session, sha256: str) -> FileState:
    """Whether the file still has the content that its name promises, or was erased by release."""
    row = session.execute(
        select(StoredFile.content, StoredFile.size).where(StoredFile.sha256 == sha256)
    ).one_or_none()
    if row is not None and _is(sha256, row.content, row.size):
        return FileState.SOUND
    if row is not None and sha256 in erasures(session, [sha256]):
        return FileState.ERASED
    return FileState.BROKEN


def content(session: Session, sha256: str) -> StoredFile:
    """The file, checked against its hash; whoever calls has checked who may read it.

    Gone where it was erased after its period; NotFound where it is missing or another one.
    """
    stored = session.get(StoredFile, sha256)
    if stored is not None and _is(sha256, stored.content, stored.size):
        return stored
    raise why_missing(session, sha256)


def why_missing(session: Session, sha256: str) -> Gone | NotFound:
    """What to raise about a file whose content is not there as its name promises."""
    erased = erasures(session, [sha256]).get(sha256)
    if erased is not None:
        return Gone(f"{erased.sentence}.", "file_erased")
    return NotFound("Diese Datei liegt nicht unverändert vor.", "file_missing")


def erasures(session: Session, hashes: Iterable[str]) -> dict[str, ErasedFile]:
    """The latest entry of the register for those of the files that have no content now."""
    wanted = list(dict.fromkeys(hashes))
    found: dict[str, ErasedFile] = {}
    for at in range(0, len(wanted), AT_ONCE):
        rows = session.scalars(
            select(ErasedFile)
            .join(StoredFile, StoredFile.sha256 == ErasedFile.sha256)
            .where(
                ErasedFile.sha256.in_(wanted[at : at + AT_ONCE]),
                StoredFile.size > 0,
                func.length(StoredFile.content) == 0,
            )
            .order_by(ErasedFile.id)
        )
        found |= {row.sha256: row for row in rows}
    return found


def _is_empty(content: bytes, size: int) -> bool:
    return size > 0 and not content


def _is(sha256: str, content: bytes, size: int) -> bool:
    return sha256_hex(content) == sha256 and len(content) == size
