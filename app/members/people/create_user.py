"""A new person with its roles, by an administrator or from the command line."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.create_person import create_person, person_faults
from app.accounts.records import Person
from app.audit.append import Happening, append
from app.database.tenant import Tenant
from app.kernel.errors import Malformed
from app.members.people.assign_roles import Grants, add_assignments, checked, grant_faults


@dataclass(frozen=True, slots=True)
class NewUser:
    """Address, function (not a name) and, from the command line only, a first password."""

    mail: str
    label: str
    password_hash: str | None = None


def create_user(
    session: Session, tenant: Tenant, user: NewUser, grants: Grants, actor: str, now: datetime
) -> Person:
    """`tenant` is whose people the actor keeps; Malformed names every fault, nothing changed."""
    faults = person_faults(session, user.mail, user.label) + grant_faults(tenant, grants)
    if faults:
        raise Malformed(*faults)
    stream = checked(session, tenant, grants)
    added = create_person(session, user.mail, user.label, user.password_hash, now)
    add_assignments(session, added.id, grants)
    payload: dict[str, object] = {"roles": sorted(role.value for role in grants.roles)}
    append(session, stream, now, Happening("user_created", f"person:{added.id}", actor, payload))
    return added
