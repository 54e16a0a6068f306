"""Giving and taking roles: on record, and whoever is affected has to sign in again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.end_session import end_sessions_of
from app.audit.append import COOPERATIVE, Happening, append, member_stream
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.money import Money
from app.members.people.queries import person_of
from app.members.queries import member_of, unit
from app.members.records import RoleAssignment
from app.members.rules import Role, fits


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who changes people, and whose people they may be."""

    person_id: int
    tenant: Tenant

    @property
    def actor(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class Grants:
    """All roles that a person is to hold: of one member, or cooperative-wide."""

    roles: frozenset[Role]
    member_id: int | None
    unit_id: int | None = None
    approval_limit: Money | None = None
    """Highest order value the person decides over; None is without limit. Approvers only."""


def assign_roles(
    session: Session, by: Administrator, person_id: int, grants: Grants, now: datetime
) -> None:
    """Replaces all roles of a person. Nobody changes his own; a member's roles stay with it."""
    if person_id == by.person_id:
        raise NotAllowed("Ihre eigenen Rollen ändert eine andere berechtigte Person.", "own_roles")
    person_of(session, by.tenant, person_id)
    stream = checked(session, by.tenant, grants)
    session.execute(delete(RoleAssignment).where(RoleAssignment.person_id == person_id))
    add_assignments(session, person_id, grants)
    end_sessions_of(session, person_id, now)
    append(session, stream, now, Happening("roles_assigned", *_said(person_id, by.actor, grants)))


def checked(session: Session, tenant: Tenant, grants: Grants) -> str:
    """The audit stream; Malformed or NotFound where the grants do not fit."""
    if tenant.member_id is not None and grants.member_id != tenant.member_id:
        raise NotAllowed("Rollen für andere Mitglieder vergeben Sie nicht.", "foreign_member")
    if faults := grant_faults(tenant, grants):
        raise Malformed(*faults)
    if grants.member_id is None:
        return COOPERATIVE
    if grants.unit_id is not None:
        unit(session, Tenant(grants.member_id), grants.unit_id)
    return member_stream(member_of(session, tenant, grants.member_id).key)


def grant_faults(tenant: Tenant, grants: Grants) -> list[FieldError]:
    """What keeps these roles from being given; nothing is written."""
    faults = []
    if text := _role_fault(grants):
        faults.append(FieldError("roles", "unfit_role", text))
    if tenant.units is not None and grants.unit_id not in tenant.units:
        text = "Bitte wählen Sie Ihre Einheit oder eine, die zu ihr gehört."
        faults.append(FieldError("unit_id", "foreign_unit", text))
    if grants.approval_limit is not None and grants.approval_limit < Money(0):
        text = "Bitte geben Sie eine Wertgrenze ab 0 Euro an."
        faults.append(FieldError("approval_limit", "limit_negative", text))
    return faults


def _role_fault(grants: Grants) -> str:
    if not grants.roles:
        return "Bitte wählen Sie mindestens eine Rolle."
    if all(fits(role, has_member=grants.member_id is not None) for role in grants.roles):
        return ""
    return "Bitte wählen Sie Rollen eines Mitglieds oder Rollen der Genossenschaft, nicht beides."


def add_assignments(session: Session, person_id: int, grants: Grants) -> None:
    """One row per role; the limit belongs to approvers."""
    session.add_all(
        RoleAssignment(
            person_id=person_id,
            member_id=grants.member_id,
            unit_id=grants.unit_id,
            role=role,
            approval_limit=grants.approval_limit if role is Role.APPROVER else None,
        )
        for role in sorted(grants.roles)
    )
    session.flush()


def _said(person_id: int, actor: str, grants: Grants) -> tuple[str, str, dict[str, object]]:
    limit = grants.approval_limit
    payload: dict[str, object] = {
        "roles": sorted(role.value for role in grants.roles),
        "unit": grants.unit_id,
        "approval_limit": None if limit is None else limit.text,
    }
    return f"person:{person_id}", actor, payload
