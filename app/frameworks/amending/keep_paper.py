"""Keeping a paper of an agreement by the hash of its content."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.archive.media_type import media_type_of
from app.archive.store import keep
from app.frameworks.agreement_records import FrameworkDocument
from app.frameworks.amending.resolution import Paper


def keep_paper(
    session: Session, framework_id: int, paper: Paper, person_id: int | None, now: datetime
) -> int:
    """The number of the new document; the caller has checked it with `paper_errors`."""
    media_type = media_type_of(paper.content) or "application/octet-stream"
    kept = FrameworkDocument(
        framework_id=framework_id,
        title=paper.title,
        dated=paper.dated,
        file_sha256=keep(session, paper.content, media_type, now),
        file_name=paper.file_name,
        open_to_members=paper.open_to_members,
        person_id=person_id,
        at=now,
    )
    session.add(kept)
    session.flush()
    return kept.id
