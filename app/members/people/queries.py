"""Reads for the page on which persons and their roles are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.records import Person
from app.database.tenant import Tenant
from app.kernel.errors import NotFound
from app.members.bound_units import sees_unit
from app.members.records import Deputy, Member, RoleAssignment
from app.members.rules import MEMBER_ROLES, ROLE_SCOPES, Role, Scope

SEES_ORDERS: Final = tuple(
    role for role in MEMBER_ROLES if Scope.CALL_OFFS_READ in ROLE_SCOPES[role]
)
NO_PERSON = "Diese Person gibt es nicht."


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list: a person with everything that it may do today."""

    id: int
    mail: str
    label: str
    active: bool
    member_id: int | None
    member_name: str | None
    roles: tuple[Role, ...]
    invited: bool = False
    """No password was set yet."""


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """One period in which somebody decides for an approver."""

    id: int
    person_id: int
    deputy_label: str
    valid_from: date
    valid_to: date


def person_of(session: Session, tenant: Tenant, person_id: int) -> Person:
    """NotFound for people of other members and, for those bound to a unit, of other units."""
    found = session.scalar(select(Person).where(Person.id == person_id, _visible(tenant)))
    if found is None:
        raise NotFound(NO_PERSON)
    return found


def person_rows(
    session: Session, tenant: Tenant, search: str, limit: int, offset: int
) -> tuple[int, Sequence[PersonRow]]:
    """How many fit the search, and one page of them by member and address."""
    fitting = _search(select(Person.id, Person.mail).where(_visible(tenant)), search)
    total = session.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    page = fitting.order_by(Person.mail).limit(limit).offset(offset)
    ids = [row[0] for row in session.execute(page)]
    return total, _rows(session, ids)


def assignments(session: Session, tenant: Tenant, person_id: int) -> Sequence[RoleAssignment]:
    """All assignments of a person, past and future ones included."""
    return session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.person_id == person_id, tenant.owns(RoleAssignment.member_id))
        .order_by(RoleAssignment.id)
    ).all()


def deputies(session: Session, tenant: Tenant, since: date) -> Sequence[DeputyRow]:
    """Running and coming periods, the earliest first."""
    substitute = aliased(Person)
    rows = session.execute(
        select(
            Deputy.id,
            Deputy.person_id,
            substitute.label,
            Deputy.valid_from,
            Deputy.valid_to,
        )
        .join(Person, Person.id == Deputy.person_id)
        .join(substitute, substitute.id == Deputy.deputy_person_id)
        .where(tenant.owns(Deputy.member_id), Deputy.valid_to >= since)
        .order_by(Deputy.valid_from, Deputy.id)
    )
    return [DeputyRow(*row) for row in rows]


def possible_deputies(
    session: Session, member_id: int, approver_id: int, on: date
) -> Sequence[Person]:
    """Active people of one member by their function, who see the approver's orders anyway.

    The council reads figures and no orders: standing in would show it all of them. Who is bound
    to another unit would be named and never asked.
    """
    unit_id = session.scalar(
        select(RoleAssignment.unit_id)
        .where(
            RoleAssignment.person_id == approver_id,
            RoleAssignment.member_id == member_id,
            RoleAssignment.unit_id.is_not(None),
        )
        .order_by(RoleAssignment.id)
    )
    sees_orders = exists().where(
        RoleAssignment.person_id == Person.id,
        RoleAssignment.member_id == member_id,
        RoleAssignment.role.in_(SEES_ORDERS),
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on),
    )
    people = session.scalars(
        select(Person)
        .where(Person.active.is_(True), Person.id != approver_id, sees_orders)
        .order_by(Person.label, Person.id)
    )
    return [one for one in people if sees_unit(session, one.id, member_id, unit_id, on)]


def _visible(tenant: Tenant) -> ColumnElement[bool]:
    belongs = exists().where(
        RoleAssignment.person_id == Person.id,
        tenant.reaches(RoleAssignment.member_id, RoleAssignment.unit_id),
    )
    return Person.id.is_not(None) if tenant.member_id is None else belongs


def _search(found: Select[int, str], search: str) -> Select[int, str]:
    if not search:
        return found
    of_member = exists().where(
        RoleAssignment.person_id == Person.id,
        RoleAssignment.member_id == Member.id,
        Member.name.icontains(search, autoescape=True),
    )
    return found.where(
        or_(
            Person.mail.icontains(search, autoescape=True),
            Person.label.icontains(search, autoescape=True),
            of_member,
        )
    )


def _rows(session: Session, ids: Sequence[int]) -> list[PersonRow]:
    people = {
        person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))
    }
    roles: dict[int, list[Role]] = {}
    members: dict[int, tuple[int, str]] = {}
    held = session.execute(
        select(RoleAssignment.person_id, RoleAssignment.role, Member.id, Member.name)
        .outerjoin(Member, Member.id == RoleAssignment.member_id)
        .where(RoleAssignment.person_id.in_(ids))
        .order_by(RoleAssignment.id)
    )
    for person_id, role, member_id, member_name in held:
        roles.setdefault(person_id, []).append(role)
        if member_id is not None:
            members[person_id] = (member_id, member_name)
    return [
        PersonRow(
            id=one,
            mail=people[one].mail,
            label=people[one].label,
            active=people[one].active,
            member_id=members.get(one, (None, None))[0],
            member_name=members.get(one, (None, None))[1],
            roles=tuple(roles.get(one, ())),
            invited=people[one].password_hash is None,
        )
        for one in ids
    ]
