"""One plain mail when something waits for somebody; written in the order's own transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.deciders import deciders
from app.members.records import Member, RoleAssignment
from app.members.rules import Role
from app.ordering.records import CallOff
from app.outbox.enqueue import send_mail


def ask_for_approval(
    session: Session, member: Member, number: str, gross: Money, ordered_by: int, now: datetime
) -> None:
    """Everybody who may decide over this value, but not the one who ordered."""
    able = deciders(session, member.id, gross, excluding=ordered_by, on=legal_day(now))
    for decider in able:
        body = (
            f"Der Abruf {number} wartet auf eine Genehmigung.\n"
            f"Wert brutto: {gross.text.replace('.', ',')} Euro\n\n"
            f"Bitte entscheiden Sie im Portal unter Genehmigungen.\n"
        )
        key = f"approval:{number}:{decider.person_id}:{now.isoformat()}"
        send_mail(session, decider.mail, f"Abruf {number} genehmigen", body, now, key)


def tell_desk(session: Session, found: CallOff, now: datetime) -> None:
    """The desk has a new order to confirm."""
    body = (
        f"Der Abruf {found.number} ist beauftragt und wartet auf Ihre Bestätigung.\n"
        f"Wert netto: {found.net.text.replace('.', ',')} Euro\n"
    )
    mails = session.scalars(
        select(Person.mail)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.role == Role.DESK, Person.active)
        .distinct()
    ).all()
    for mail in mails:
        key = f"desk:{found.number}:{mail}"
        send_mail(session, mail, f"Neuer Abruf {found.number}", body, now, key)


def tell_orderer(session: Session, found: CallOff, what: str, now: datetime) -> None:
    """The one who ordered hears what became of it; `what` is a German sentence."""
    person = session.get(Person, found.ordered_by)
    if person is None or not person.active:
        return
    key = f"orderer:{found.number}:{found.state}:{now.isoformat()}"
    body = f"{what}\n\nEinzelheiten finden Sie im Portal unter Bestellungen.\n"
    send_mail(session, person.mail, f"Abruf {found.number}", body, now, key)
