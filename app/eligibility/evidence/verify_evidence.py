"""Whether every piece of evidence still has the file that was handed in."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.store import is_sound
from app.eligibility.evidence.records import EvidenceDocument


def verify_evidence(session: Session) -> tuple[str, ...]:
    """German sentences about files that are missing or were replaced; none where all hold."""
    return tuple(_breaks(session))


def _breaks(session: Session) -> Iterator[str]:
    sound: dict[str, bool] = {}
    for number, digest in session.execute(
        select(EvidenceDocument.id, EvidenceDocument.file_sha256).order_by(EvidenceDocument.id)
    ):
        if digest not in sound:
            sound[digest] = is_sound(session, digest)
        if not sound[digest]:
            yield f"Nachweis Nr. {number}: Die Datei fehlt oder entspricht nicht ihrer Prüfsumme."
