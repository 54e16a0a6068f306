"""Whether every file without content was released by two people and erased after its period."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile, StoredFile
from app.retention.records import ErasureItem, ErasureRelease


def verify_erasures(session: Session) -> tuple[str, ...]:
    """German sentences about what does not hold; none where all holds."""
    return tuple(_breaks(session))


def _breaks(session: Session) -> Iterator[str]:
    released = (
        select(ErasedFile.id, ErasedFile.sha256)
        .join(ErasureItem, ErasureItem.id == ErasedFile.item)
        .join(ErasureRelease, ErasureRelease.proposal_id == ErasureItem.proposal_id)
        .where(
            ErasureItem.sha256 == ErasedFile.sha256,
            ErasureRelease.released,
            ErasureRelease.decided_by != ErasureRelease.proposed_by,
            ErasedFile.erased_at >= ErasureRelease.decided_at,
        )
        .subquery()
    )
    unfounded = (
        select(ErasedFile.id)
        .outerjoin(released, released.c.id == ErasedFile.id)
        .where(released.c.id.is_(None))
        .order_by(ErasedFile.id)
    )
    for number in session.scalars(unfounded):
        yield f"Löschregister, Eintrag {number}: Es fehlt die Freigabe durch eine zweite Person."
    empty = (
        select(StoredFile.sha256)
        .outerjoin(released, released.c.sha256 == StoredFile.sha256)
        .where(
            StoredFile.size > 0,
            func.length(StoredFile.content) == 0,
            released.c.sha256.is_(None),
        )
        .order_by(StoredFile.sha256)
    )
    for sha256 in session.scalars(empty):
        yield f"Datei {sha256}: Der Inhalt fehlt, ohne dass ihre Löschung freigegeben ist."
