"""A deputy for an approver: one at a time, for stated days."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed, NotFound
from app.members.people.assign_roles import Administrator
from app.members.people.queries import person_of, possible_deputies
from app.members.people.set_active import stream_of
from app.members.queries import has_role
from app.members.records import Deputy, RoleAssignment
from app.members.rules import Role


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away, who stands in, from the first to the last day."""

    person_id: int
    deputy_person_id: int
    first: date
    last: date


def name_deputy(
    session: Session, by: Administrator, absence: Absence, now: datetime, today: date
) -> Deputy:
    """NotFound for people of other members.

    Malformed for wrong days, an overlap, oneself and people who do not see the same orders.
    """
    person_of(session, by.tenant, absence.person_id)
    member_id = _member_of_approver(session, absence.person_id, today)
    person_of(session, Tenant(member_id), absence.deputy_person_id)
    _refuse_nonsense(absence, today)
    _refuse_outsider(session, member_id, absence, today)
    _refuse_overlap(session, absence)
    deputy = Deputy(
        member_id=member_id,
        person_id=absence.person_id,
        deputy_person_id=absence.deputy_person_id,
        valid_from=absence.first,
        valid_to=absence.last,
    )
    session.add(deputy)
    session.flush()
    payload: dict[str, object] = {
        "deputy": absence.deputy_person_id,
        "from": absence.first.isoformat(),
        "to": absence.last.isoformat(),
    }
    said = Happening("deputy_named", f"person:{absence.person_id}", by.actor, payload)
    append(session, stream_of(session, absence.person_id), now, said)
    return deputy


def remove_deputy(session: Session, by: Administrator, deputy_id: int, now: datetime) -> None:
    """Decisions already made stay; from now on the deputy cannot decide any more."""
    person_id = session.scalar(
        delete(Deputy)
        .where(Deputy.id == deputy_id, by.tenant.owns(Deputy.member_id))
        .returning(Deputy.person_id)
    )
    if person_id is None:
        raise NotFound("Diese Vertretung gibt es nicht.")
    said = Happening("deputy_removed", f"person:{person_id}", by.actor, {})
    append(session, stream_of(session, person_id), now, said)


def _member_of_approver(session: Session, person_id: int, today: date) -> int:
    member_id = session.scalar(
        select(RoleAssignment.member_id).where(
            RoleAssignment.person_id == person_id, RoleAssignment.role == Role.APPROVER
        )
    )
    if member_id is None or not has_role(session, person_id, Role.APPROVER, today):
        text = "Eine Vertretung gibt es nur für Personen, die genehmigen."
        raise Malformed(FieldError("person_id", "not_an_approver", text))
    return member_id


def _refuse_nonsense(absence: Absence, today: date) -> None:
    if absence.person_id == absence.deputy_person_id:
        text = "Bitte wählen Sie als Vertretung eine andere Person."
        raise Malformed(FieldError("deputy_person_id", "own_deputy", text))
    if absence.last < absence.first:
        text = "Der letzte Tag liegt vor dem ersten."
        raise Malformed(FieldError("valid_to", "period_wrong", text))
    if absence.last < today:
        text = "Bitte geben Sie einen Zeitraum an, der nicht schon vorbei ist."
        raise Malformed(FieldError("valid_to", "period_wrong", text))


def _refuse_outsider(session: Session, member_id: int, absence: Absence, today: date) -> None:
    able = possible_deputies(session, member_id, absence.person_id, today)
    if all(one.id != absence.deputy_person_id for one in able):
        text = "Vertreten kann nur, wer dieselben Abrufe selbst sieht."
        raise Malformed(FieldError("deputy_person_id", "sees_too_little", text))


def _refuse_overlap(session: Session, absence: Absence) -> None:
    other = session.scalar(
        select(Deputy.id).where(
            Deputy.person_id == absence.person_id,
            Deputy.valid_from <= absence.last,
            Deputy.valid_to >= absence.first,
        )
    )
    if other is not None:
        text = "In diesem Zeitraum gibt es schon eine Vertretung."
        raise Malformed(FieldError("valid_from", "period_taken", text))
