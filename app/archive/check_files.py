"""Whether every stored file still has the content that its name promises."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.archive.store import FileState, file_state

AT_ONCE: Final = 500


def check_files(session: Session) -> tuple[str, ...]:
    """German sentences about files that were changed; none where all hold.

    A file that was erased after its period is in order: its hash stays, the register says why.
    """
    return tuple(
        f"Datei {digest} ({kind}): Der Inhalt passt nicht zur Prüfsumme."
        for digest, kind in _files(session)
        if file_state(session, digest) is FileState.BROKEN
    )


def _files(session: Session) -> Iterator[tuple[str, str]]:
    """By hash, a page at a time: their contents are read one after the other."""
    after = ""
    while True:
        page = session.execute(
            select(StoredFile.sha256, StoredFile.media_type)
            .where(StoredFile.sha256 > after)
            .order_by(StoredFile.sha256)
            .limit(AT_ONCE)
        ).all()
        yield from ((row.sha256, row.media_type) for row in page)
        if len(page) < AT_ONCE:
            return
        after = page[-1].sha256
