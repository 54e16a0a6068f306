"""Adding a file to an order that is still being written."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, no_scan
from app.ordering.attaching.records import KeptPaper
from app.ordering.attaching.take_file import refused_file, take_file
from app.ordering.basket.contents import Owner

MOST_KEPT: Final = 50


def keep_paper(  # noqa: PLR0913 - who keeps which file, and what it says
    session: Session,
    owner: Owner,
    name: str,
    content: bytes,
    now: datetime,
    scan: Scanner = no_scan,
    *,
    confirms_funds: bool = False,
) -> KeptPaper:
    """A PDF, PNG or JPEG, told by its content. Raises Malformed, said at the field."""
    kept = select(func.count(KeptPaper.id)).where(
        KeptPaper.member_id == owner.member_id, KeptPaper.person_id == owner.person_id
    )
    if (session.scalar(kept) or 0) >= MOST_KEPT:
        raise refused_file("too_many", f"Es warten schon {MOST_KEPT} Dateien auf eine Bestellung.")
    file = take_file(session, name, content, now, scan)
    paper = KeptPaper(
        member_id=owner.member_id,
        person_id=owner.person_id,
        file_name=file.name,
        file_sha256=file.sha256,
        confirms_funds=confirms_funds,
        at=now,
    )
    session.add(paper)
    session.flush()
    return paper
