"""Erasing the content of released files; each leaves an entry in the register."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile, StoredFile
from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.legal_day import legal_day
from app.retention.due_files import still_due
from app.retention.records import ErasureItem, ErasureRelease
from app.retention.rules import Kept

AT_ONCE = 1000  # files of one run; the rest waits for the next one


@dataclass(frozen=True, slots=True)
class ErasedFiles:
    """By kind: what a hold or another use keeps back although it was released, and what went."""

    held: Counter[Kept]
    erased: Counter[Kept]


def erase_released(session: Session, actor: str, now: datetime, *, dry: bool) -> ErasedFiles:
    """A hold that came after the release keeps a file until it is lifted; a dry run counts."""
    waiting = _waiting(session)
    due = still_due(session, [item.sha256 for item, _ in waiting], legal_day(now))
    going = [(item, said) for item, said in waiting if due.get(item.sha256) is False]
    staying = Counter(item.kind for item, _ in waiting if due.get(item.sha256) is not False)
    if dry or not going:
        return ErasedFiles(staying, Counter())
    for item, said in going:
        _erase(session, item, said, now)
    files: dict[str, object] = {"files": sorted(item.sha256 for item, _ in going)}
    append(session, COOPERATIVE, now, Happening("files_erased", "stored-files", actor, files))
    return ErasedFiles(staying, Counter(item.kind for item, _ in going))


def _waiting(session: Session) -> list[tuple[ErasureItem, ErasureRelease]]:
    """Released and still there, the earliest release first."""
    rows = session.execute(
        select(ErasureItem, ErasureRelease)
        .join(ErasureRelease, ErasureRelease.proposal_id == ErasureItem.proposal_id)
        .outerjoin(ErasedFile, ErasedFile.item == ErasureItem.id)
        .where(ErasureRelease.released, ErasedFile.id.is_(None))
        .order_by(ErasureRelease.decided_at, ErasureItem.id)
        .limit(AT_ONCE)
    )
    return [(row[0], row[1]) for row in rows]


def _erase(session: Session, item: ErasureItem, said: ErasureRelease, now: datetime) -> None:
    known: Any = session.execute(
        select(StoredFile.media_type, StoredFile.size).where(StoredFile.sha256 == item.sha256)
    ).one()
    session.add(
        ErasedFile(
            sha256=item.sha256,
            item=item.id,
            media_type=known.media_type,
            size=known.size,
            what=item.what,
            line=item.line,
            kept_until=item.kept_until,
            proposed_by=f"person:{said.proposed_by}",
            released_by=f"person:{said.decided_by}",
            released_at=said.decided_at,
            erased_at=now,
        )
    )
    session.flush()
    session.execute(update(StoredFile).where(StoredFile.sha256 == item.sha256).values(content=b""))
