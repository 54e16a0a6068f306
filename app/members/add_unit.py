"""A new unit of a member: office, school, Eigenbetrieb, or a company of its own."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.kernel.errors import FieldError, Malformed
from app.members.queries import member_by_key
from app.members.records import Unit
from app.members.rules import DEPENDENT_KINDS, BodyKind

LONGEST_NAME = 120


def add_unit(
    session: Session, key: str, name: str, kind: BodyKind, actor: str, now: datetime
) -> Unit:
    """Whether a unit is a legal person of its own follows from its kind (rule M-04)."""
    member = member_by_key(session, key)
    taken = session.scalar(select(Unit.id).where(Unit.member_id == member.id, Unit.name == name))
    if not name or len(name) > LONGEST_NAME or taken is not None:
        text = "Bitte geben Sie einen Namen an, den es bei diesem Mitglied noch nicht gibt."
        raise Malformed(FieldError("unit_name", "name_taken", text))
    unit = Unit(
        member_id=member.id, name=name, body_kind=kind, own_legal_person=kind not in DEPENDENT_KINDS
    )
    session.add(unit)
    session.flush()
    said: dict[str, object] = {"unit": unit.id, "kind": kind.value}
    happened = Happening("unit_added", f"member:{key}", actor, said)
    append(session, member_stream(key), now, happened)
    return unit
