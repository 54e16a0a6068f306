"""People who are bound to a unit of their member."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.members.records import Member, RoleAssignment, Unit
from app.members.rules import Role
from tests.support.clock import NOON


def bound(session: Session, mail: str, member: Member, unit: Unit, roles: Iterable[Role]) -> Person:
    """A person with these roles within the unit and those below it."""
    person = Person(mail=mail.lower(), label=unit.name, active=True, created_at=NOON)
    session.add(person)
    session.flush()
    session.add_all(
        RoleAssignment(person_id=person.id, member_id=member.id, unit_id=unit.id, role=role)
        for role in roles
    )
    session.flush()
    return person
