"""The daily mail: everything that was put off to it, once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.notices.letter import digest_letter
from app.notices.records import Notice
from app.outbox.enqueue import send_mail


def send_digest(session: Session, person_id: int, base_url: str, now: datetime) -> int:
    """How many notices it takes up; 0 sends nothing. What was read meanwhile is left out."""
    waiting = session.scalars(
        select(Notice)
        .where(Notice.person_id == person_id, Notice.waits_for_digest.is_(True))
        .order_by(Notice.at, Notice.id)
    ).all()
    person = session.get_one(Person, person_id)
    session.execute(
        update(Notice)
        .where(Notice.id.in_([one.id for one in waiting]))
        .values(waits_for_digest=False)
        .execution_options(synchronize_session=False)
    )
    unread = [one for one in waiting if one.read_at is None]
    if not unread or not person.active:
        return 0
    today = legal_day(now)
    subject = f"Ihre Mitteilungen vom {day(today)} ({len(unread)})"
    body = digest_letter([(one.title, one.text, one.address) for one in unread], base_url)
    send_mail(session, person.mail, subject, body, now, f"digest:{person_id}:{today}")
    return len(unread)
