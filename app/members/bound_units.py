"""Who is bound to a unit: such a person sees what is the unit's, and what lies below it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.database.marks import Kept
from app.members.records import RoleAssignment, Unit

_BELOW: Final[Kept[tuple[int, ...]]] = Kept(most=2_000)
_BOUND: Final[Kept[Mapping[int, tuple[int, ...]]]] = Kept(most=500)


def units_below(session: Session, unit_id: int) -> tuple[int, ...]:
    """The unit itself first, then all that belong to it; a ring of parents ends where it began."""
    return _BELOW.get(session, unit_id, lambda: _below(session, unit_id))


def sees_unit(
    session: Session, person_id: int, member_id: int, unit_id: int | None, on: date
) -> bool:
    """Whether an order of this unit (None: of the member itself) concerns the person at all."""
    bound = _BOUND.get(session, (member_id, on), lambda: _bound(session, member_id, on))
    return person_id not in bound or unit_id in bound[person_id]


def _below(session: Session, unit_id: int) -> tuple[int, ...]:
    children: dict[int | None, list[int]] = {}
    siblings = select(Unit.member_id).where(Unit.id == unit_id).scalar_subquery()
    for number, parent in session.execute(
        select(Unit.id, Unit.parent_id).where(Unit.member_id == siblings).order_by(Unit.id)
    ):
        children.setdefault(parent, []).append(number)
    found = [unit_id]
    for one in found:  # grows while it is walked
        found += [child for child in children.get(one, ()) if child not in found]
    return tuple(found)


def _bound(session: Session, member_id: int, on: date) -> Mapping[int, tuple[int, ...]]:
    rows = session.execute(
        select(RoleAssignment.person_id, RoleAssignment.unit_id)
        .where(
            RoleAssignment.member_id == member_id,
            RoleAssignment.unit_id.is_not(None),
            or_(RoleAssignment.valid_from.is_(None), RoleAssignment.valid_from <= on),
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on),
        )
        .order_by(RoleAssignment.id.desc())
    )
    return {person: _below(session, unit_id) for person, unit_id in rows if unit_id is not None}
