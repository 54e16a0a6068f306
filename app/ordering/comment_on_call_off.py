"""A word between member and desk about one order."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.members.records import RoleAssignment
from app.members.rules import Role
from app.ordering.notify import tell_orderer
from app.ordering.queries import call_off
from app.ordering.records import CallOffComment
from app.ordering.rules import Side
from app.ordering.wanted import Actor
from app.outbox.enqueue import send_mail

LONGEST = 2000


def comment_on_call_off(  # noqa: PLR0913 - who writes what where
    session: Session,
    actor: Actor,
    number: str,
    tenant: Tenant,
    now: datetime,
    *,
    side: Side,
    text: str,
) -> None:
    """Appended for ever; the other side gets a mail. Raises Malformed for an empty text."""
    found = call_off(session, number, tenant)
    written = clean(text)
    if not 1 <= len(written) <= LONGEST:
        sentence = f"Bitte schreiben Sie 1 bis {LONGEST} Zeichen."
        raise Malformed(FieldError("text", "length", sentence))
    session.execute(
        insert(CallOffComment).values(
            call_off_id=found.id, by=actor.person_id, side=side, text=written, at=now
        )
    )
    if side is Side.DESK:
        tell_orderer(session, found, f"Nachricht zu Ihrem Abruf {number}:\n{written}", now)
        return
    mails = session.scalars(
        select(Person.mail)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.role == Role.DESK, Person.active)
        .distinct()
    ).all()
    for mail in mails:
        key = f"comment:{number}:{mail}:{now.isoformat()}"
        send_mail(session, mail, f"Nachricht zum Abruf {number}", f"{written}\n", now, key)
