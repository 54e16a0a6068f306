"""Writing to everybody who has a role of the cooperative."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.legal_day import legal_day
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event


def tell_people(
    session: Session, role: Role, news: News, cause: str, now: datetime, *, but: int | None = None
) -> None:
    """Each of them; the same cause is told to nobody twice."""
    people = [one for one in holders(session, [role], legal_day(now)) if one != but]
    announce(session, news, people, now, cause=cause)


def ask_for_second_person(
    session: Session, number: int, title: str, person_id: int, now: datetime
) -> None:
    """An entry waits: everybody of the legal role is told, but not who made it."""
    body = (
        f"Der Nachweis Nr. {number} „{title}“ ist eingetragen. Er zählt erst, wenn eine zweite "
        "Person ihn freigibt."
    )
    subject = f"Nachweis Nr. {number} wartet auf Freigabe"
    news = News(Event.EVIDENCE_WAITS, subject, body, f"/nachweise/{number}")
    tell_people(session, Role.LEGAL, news, f"evidence-waits:{number}", now, but=person_id)
