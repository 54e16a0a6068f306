"""Reading of evidence is on record, too: one row in a chain of its own."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.audit.append import Happening, append

ACCESS: Final = "access"


def note_access(session: Session, now: datetime, actor: str, subject: str, sha256: str) -> None:
    """`actor` read `subject` ("evidence:12"), the file with this hash ("" where there is none).

    Readers' transactions write nothing: give this one a short transaction of its own.
    """
    append(session, ACCESS, now, Happening("evidence_read", subject, actor, {"sha256": sha256}))


def note_refusal(session: Session, now: datetime, actor: str, subject: str) -> None:
    """`actor` wanted to read `subject` and may not; into the same chain."""
    append(session, ACCESS, now, Happening("evidence_denied", subject, actor, {}))
