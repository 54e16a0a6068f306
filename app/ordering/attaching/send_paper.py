"""A file between member and desk about one order that is on its way."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, no_scan
from app.database.tenant import Tenant
from app.ordering.attaching.records import CallOffPaper
from app.ordering.attaching.take_file import refused_file, take_file
from app.ordering.comment_on_call_off import comment_on_call_off
from app.ordering.queries import lock_call_off
from app.ordering.rules import Side
from app.ordering.wanted import Actor

MOST_PAPERS: Final = 100


def send_paper(  # noqa: PLR0913 - who sends which file where
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    side: Side,
    handed: tuple[str, bytes],
    scan: Scanner = no_scan,
    confirms_funds: bool = False,
) -> CallOffPaper:
    """Kept for ever, with a message that names it. Raises Malformed, said at the field.

    Only the member's side confirms funds; from the desk the mark means nothing.
    """
    found = lock_call_off(session, number, tenant)
    there = select(func.count(CallOffPaper.id)).where(CallOffPaper.call_off_id == found.id)
    if (session.scalar(there) or 0) >= MOST_PAPERS:
        raise refused_file("too_many", f"An diesem Abruf liegen schon {MOST_PAPERS} Dateien.")
    file = take_file(session, *handed, now, scan)
    paper = CallOffPaper(
        call_off_id=found.id,
        member_id=found.member_id,
        by=actor.person_id,
        file_name=file.name,
        file_sha256=file.sha256,
        confirms_funds=confirms_funds and side is not Side.DESK,
        at=now,
    )
    session.add(paper)
    text = f"{'Mittelbestätigung' if paper.confirms_funds else 'Neue Datei'}: {file.name}"
    comment_on_call_off(session, actor, number, tenant, now, side=side, text=text)
    return paper
