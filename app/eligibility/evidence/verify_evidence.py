"""Whether every piece of evidence still has the file that was handed in."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.store import FileState, file_state
from app.eligibility.evidence.records import EvidenceDocument


def verify_evidence(session: Session) -> tuple[str, ...]:
    """German sentences about files that are missing or were replaced; none where all hold.

    A file that was erased after its period is in order: its hash stays, the register says why.
    """
    return tuple(_breaks(session))


def _breaks(session: Session) -> Iterator[str]:
    sound: dict[str, bool] = {}
    for number, digest in session.execute(
        select(EvidenceDocument.id, EvidenceDocument.file_sha256).order_by(EvidenceDocument.id)
    ):
        if digest not in sound:
            sound[digest] = file_state(session, digest) is not FileState.BROKEN
        if not sound[digest]:
            yield f"Nachweis Nr. {number}: Die Datei fehlt oder entspricht nicht ihrer Prüfsumme."
