"""Inviting a new person: a mailed link to set the first password."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.accounts.one_time_link import one_time_link
from app.accounts.records import Person
from app.accounts.rules import INVITATION_LIFETIME
from app.kernel.errors import Conflict
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.outbox.enqueue import send_mail

SUBJECT: Final = "Einladung in das Abrufportal"
BODY: Final = """Guten Tag,

für {member} wurde für Sie ein Zugang angelegt: {label}. Legen Sie jetzt Ihr Passwort fest:

Passwort festlegen: {link}

Der Link gilt bis {last} und nur einmal. Danach melden Sie sich mit Ihrer E-Mail-Adresse und Ihrem
Passwort an. Ist der Link abgelaufen, schickt Ihnen Ihre Verwaltung einen neuen.

Diese Nachricht gehört zu Ihrem Zugang und lässt sich nicht abbestellen.
"""


def invite_person(
    session: Session, person: Person, member: str, base_url: str, now: datetime
) -> None:
    """Earlier links end. Conflict for who is locked out or has a password already."""
    if not person.active or person.password_hash is not None:
        text = "Diese Person hat schon ein Passwort oder ist gesperrt."
        raise Conflict(text, "not_to_be_invited")
    link, known_as = one_time_link(session, person.id, INVITATION_LIFETIME, base_url, now)
    last = day(legal_day(now + INVITATION_LIFETIME))
    body = BODY.format(member=member, label=person.label, link=link, last=last)
    send_mail(session, person.mail, SUBJECT, body, now, f"invitation:{known_as}")
