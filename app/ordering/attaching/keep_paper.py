"""Adding a file to an order that is still being written."""

from datetime import datetime
from pathlib import PurePath
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, check_upload, no_scan
from app.archive.store import keep
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.ordering.attaching.records import KeptPaper
from app.ordering.basket import Owner

LONGEST_NAME: Final = 200
MOST_KEPT: Final = 50


def keep_paper(
    session: Session,
    owner: Owner,
    name: str,
    content: bytes,
    now: datetime,
    scan: Scanner = no_scan,
) -> KeptPaper:
    """A PDF, PNG or JPEG, told by its content. Raises Malformed, said at the field."""
    checked = check_upload(content, scan)
    if checked.refusal:
        raise _refused("file", checked.refusal)
    kept = select(func.count(KeptPaper.id)).where(
        KeptPaper.member_id == owner.member_id, KeptPaper.person_id == owner.person_id
    )
    if (session.scalar(kept) or 0) >= MOST_KEPT:
        raise _refused("too_many", f"Es warten schon {MOST_KEPT} Dateien auf eine Bestellung.")
    paper = KeptPaper(
        member_id=owner.member_id,
        person_id=owner.person_id,
        file_name=clean(PurePath(name.replace("\\", "/")).name)[:LONGEST_NAME] or "Anhang",
        file_sha256=keep(session, content, checked.media_type, now),
        at=now,
    )
    session.add(paper)
    session.flush()
    return paper


def _refused(code: str, text: str) -> Malformed:
    return Malformed(FieldError("anhang", code, text))
