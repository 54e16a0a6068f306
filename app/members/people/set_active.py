"""Taking the access of a person away, or giving it back; the person's record stays."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.end_session import end_sessions_of
from app.audit.append import COOPERATIVE, Happening, append, member_stream
from app.kernel.errors import NotAllowed
from app.members.people.assign_roles import Administrator
from app.members.people.queries import person_of
from app.members.records import Member, RoleAssignment


def set_active(
    session: Session, by: Administrator, person_id: int, now: datetime, *, active: bool
) -> None:
    """Deactivation ends every session and stops every token at once. NotFound for strangers."""
    person = person_of(session, by.tenant, person_id)
    if person.id == by.person_id:
        raise NotAllowed("Ihr eigenes Konto sperrt eine andere berechtigte Person.", "own_account")
    if person.active is active:
        return
    person.active = active
    if not active:
        end_sessions_of(session, person.id, now)
    action = "user_reactivated" if active else "user_deactivated"
    said = Happening(action, f"person:{person.id}", by.actor, {})
    append(session, stream_of(session, person.id), now, said)


def stream_of(session: Session, person_id: int) -> str:
    """Where events about a person are recorded: with its member, else with the cooperative."""
    key = session.scalar(
        select(Member.key)
        .join(RoleAssignment, RoleAssignment.member_id == Member.id)
        .where(RoleAssignment.person_id == person_id)
        .order_by(RoleAssignment.id)
        .limit(1)
    )
    return COOPERATIVE if key is None else member_stream(key)
