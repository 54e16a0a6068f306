"""The whole register of erased files, row by row, as a table for people."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.records import ErasedFile


def whole_register(session: Session) -> Iterator[tuple[str, ...]]:
    """The earliest first; people by number, as in the audit trail."""
    for row in session.scalars(select(ErasedFile).order_by(ErasedFile.id)):
        yield (
            row.what,
            row.sha256,
            row.media_type,
            str(row.size),
            row.line,
            row.kept_until.isoformat(),
            row.proposed_by,
            row.released_by,
            row.released_at.isoformat(),
            row.erased_at.isoformat(),
        )
