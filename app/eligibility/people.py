"""Writing to everybody who has a role of the cooperative."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.legal_day import legal_day
from app.members.records import RoleAssignment
from app.members.rules import Role
from app.outbox.enqueue import send_mail


def tell_people(
    session: Session,
    role: Role,
    mail: tuple[str, str],
    cause: str,
    now: datetime,
    *,
    but: int | None = None,
) -> None:
    """One mail, subject and text, to each; the same cause is told to nobody twice."""
    today = legal_day(now)
    people = session.execute(
        select(Person.id, Person.mail)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role == role,
            Person.active,
            or_(RoleAssignment.valid_from.is_(None), RoleAssignment.valid_from <= today),
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= today),
        )
        .distinct()
        .order_by(Person.id)
    ).all()
    subject, body = mail
    for number, address in people:
        if number != but:
            send_mail(session, address, subject, body, now, f"{cause}:{number}")


def ask_for_second_person(
    session: Session, number: int, title: str, person_id: int, now: datetime
) -> None:
    """An entry waits: everybody of the legal role is told, but not who made it."""
    body = (
        f"Der Nachweis Nr. {number} „{title}“ ist eingetragen. Er zählt erst, wenn eine zweite "
        "Person ihn freigibt.\n\nSie finden ihn im Portal unter Nachweise.\n"
    )
    subject = f"Nachweis Nr. {number} wartet auf Freigabe"
    tell_people(
        session, Role.LEGAL, (subject, body), f"evidence-waits:{number}", now, but=person_id
    )
