"""Who holds a role: whom an announcement to an office concerns."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.members.records import RoleAssignment
from app.members.rules import Role


def holders(
    session: Session, roles: Iterable[Role], on: date, *, member_id: int | None = None
) -> Sequence[int]:
    """Active people with one of the roles on that day; a member's where one is named."""
    whose = (RoleAssignment.member_id == member_id,) if member_id is not None else ()
    return session.scalars(
        select(Person.id)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role.in_(list(roles)),
            Person.active.is_(True),
            or_(RoleAssignment.valid_from.is_(None), RoleAssignment.valid_from <= on),
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on),
            *whose,
        )
        .distinct()
        .order_by(Person.id)
    ).all()
