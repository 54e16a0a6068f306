"""Several people at once from a table: a verdict per row, and the good ones are created."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.create_person import create_person, person_faults
from app.accounts.records import Person
from app.accounts.rules import normal_mail
from app.audit.append import Happening, append
from app.database.tenant import Tenant
from app.kernel.errors import DomainError, Malformed, NotFound
from app.kernel.money import Money
from app.members.importing.people_csv import PersonLine, roles_named
from app.members.people.assign_roles import Administrator, Grants, add_assignments, checked
from app.members.queries import member_by_key
from app.members.records import Unit

NO_UNIT = "Die Einheit „{name}“ gibt es hier nicht."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row; `grants` and `stream` only where nothing speaks against it."""

    line: PersonLine
    faults: tuple[str, ...]
    grants: Grants | None = None
    stream: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """One new person and the name of the body it works for."""

    person: Person
    member_id: int | None


def verdicts(
    session: Session,
    by: Administrator,
    lines: Sequence[PersonLine],
    limits: Sequence[Money | Malformed | None],
) -> tuple[Verdict, ...]:
    """Nothing is written. `limits` are the parsed value limits of the rows, or what is wrong."""
    seen: set[str] = set()
    judged = []
    for line, limit in zip(lines, limits, strict=True):
        judged.append(_verdict(session, by.tenant, line, limit, seen))
        seen.add(normal_mail(line.mail))
    return tuple(judged)


def import_people(
    session: Session, by: Administrator, judged: Sequence[Verdict], now: datetime
) -> tuple[Created, ...]:
    """Creates the good rows; who calls invites them. One entry per person in the trail."""
    created: list[Created] = []
    said: dict[str, list[Happening]] = {}
    for one in judged:
        if one.grants is None:
            continue
        person = create_person(session, one.line.mail, one.line.label, None, now)
        add_assignments(session, person.id, one.grants)
        payload: dict[str, object] = {"roles": sorted(role.value for role in one.grants.roles)}
        happening = Happening("user_created", f"person:{person.id}", by.actor, payload)
        said.setdefault(one.stream, []).append(happening)
        created.append(Created(person, one.grants.member_id))
    for stream, happenings in sorted(said.items()):
        append(session, stream, now, *happenings)
    return tuple(created)


def _verdict(
    session: Session,
    tenant: Tenant,
    line: PersonLine,
    limit: Money | Malformed | None,
    seen: set[str],
) -> Verdict:
    faults = [fault.text for fault in person_faults(session, line.mail, line.label)]
    if normal_mail(line.mail) in seen:
        faults.append("Diese E-Mail-Adresse steht schon weiter oben.")
    roles, unknown = roles_named(line.roles)
    faults += [f"Die Rolle „{word[:40]}“ gibt es nicht." for word in unknown]
    if isinstance(limit, Malformed):
        faults += [fault.text for fault in limit.errors]
        limit = None
    try:
        member_id = _member_id(session, tenant, line)
        unit_id = _unit_id(session, tenant, member_id, line.unit)
        grants = Grants(roles, member_id, unit_id, limit)
        stream = "" if unknown else checked(session, tenant, grants)
    except Malformed as wrong:
        return Verdict(line, (*faults, *(fault.text for fault in wrong.errors)))
    except DomainError as wrong:
        return Verdict(line, (*faults, wrong.text))
    if faults:
        return Verdict(line, tuple(faults))
    return Verdict(line, (), grants, stream)


def _member_id(session: Session, tenant: Tenant, line: PersonLine) -> int | None:
    """A member's administrator stays with its member; others name one by its key."""
    if tenant.member_id is not None:
        return tenant.member_id
    return member_by_key(session, line.member).id if line.member else None


def _unit_id(session: Session, tenant: Tenant, member_id: int | None, name: str) -> int | None:
    """By name, among those that the administrator keeps; without one a bound one's own."""
    if not name:
        return tenant.home_unit
    own = Tenant(member_id or 0, tenant.units)
    found = session.scalar(
        select(Unit.id).where(Unit.name == name, own.reaches(Unit.member_id, Unit.id))
    )
    if found is None:
        raise NotFound(NO_UNIT.format(name=name[:60]))
    return found
