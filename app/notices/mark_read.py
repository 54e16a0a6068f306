"""Marking notices as read."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.notices.queries import notice_of
from app.notices.records import Notice


def mark_read(session: Session, person_id: int, notice_id: int, now: datetime) -> Notice:
    """A second time changes nothing. NotFound for other people's notices."""
    found = notice_of(session, person_id, notice_id)
    if found.read_at is None:
        found.read_at = now
    return found


def mark_all_read(session: Session, person_id: int, up_to: int, now: datetime) -> None:
    """Those that the person has seen: none that came after the number `up_to`."""
    session.execute(
        update(Notice)
        .where(Notice.person_id == person_id, Notice.read_at.is_(None), Notice.id <= up_to)
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
