"""Whose word an order waits for now: the signers of its due steps, or the value limit's people."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.approvals.who_may_sign import who_may_sign
from app.kernel.legal_day import legal_day
from app.members.bound_units import sees_unit
from app.members.deciders import Decider, deciders
from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.steps_of_order import path_of_order
from app.ordering.version import value_of


def who_decides(
    session: Session, member: Member, found: CallOff, now: datetime
) -> tuple[tuple[Decider, int | None], ...]:
    """Each person once, with the step that it would sign (None where the value limit decides)."""
    on = legal_day(now)
    path = path_of_order(session, found)
    if path is None or path.is_complete:
        able = deciders(
            session, member.id, value_of(member, found), excluding=found.ordered_by, on=on
        )
        return tuple((one, None) for one in able if _concerns(session, found, one, on))
    by_person: dict[int, tuple[Decider, int | None]] = {}
    for step in path.to_sign:
        for one in who_may_sign(session, path, step, on):
            if _concerns(session, found, one, on):
                by_person.setdefault(one.person_id, (one, step.id))
    return tuple(by_person.values())


def _concerns(session: Session, found: CallOff, one: Decider, on: date) -> bool:
    """Somebody who is bound to another unit does not even see the order."""
    return sees_unit(session, one.person_id, found.member_id, found.unit_id, on)
