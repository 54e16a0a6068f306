"""Whose word an order waits for now: the signers of its due steps, or the value limit's people."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.approvals.rules_path import Path
from app.approvals.who_may_sign import who_may_sign
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.bound_units import sees_unit
from app.members.deciders import Decider, deciders
from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.signing.version import value_of


def who_decides(
    session: Session, member: Member, found: CallOff, now: datetime
) -> tuple[tuple[Decider, int | None], ...]:
    """Each person once, with the step that it would sign (None where the value limit decides)."""
    awaited = Awaited(member.id, value_of(member, found), found.ordered_by, found.unit_id)
    return awaited_words(session, awaited, path_of_order(session, found), legal_day(now))


@dataclass(frozen=True, slots=True)
class Awaited:
    """What somebody has to decide on: whose, its value, who wants it, and for which unit."""

    member_id: int
    value: Money
    requested_by: int
    unit_id: int | None


def awaited_words(
    session: Session, awaited: Awaited, path: Path | None, on: date
) -> tuple[tuple[Decider, int | None], ...]:
    """The same for whatever goes through steps, an order or its change."""
    if path is None or path.is_complete:
        able = deciders(
            session, awaited.member_id, awaited.value, excluding=awaited.requested_by, on=on
        )
        return tuple((one, None) for one in able if _concerns(session, awaited, one, on))
    by_person: dict[int, tuple[Decider, int | None]] = {}
    for step in path.to_sign:
        for one in who_may_sign(session, path, step, on):
            if _concerns(session, awaited, one, on):
                by_person.setdefault(one.person_id, (one, step.id))
    return tuple(by_person.values())


def _concerns(session: Session, awaited: Awaited, one: Decider, on: date) -> bool:
    """Somebody who is bound to another unit does not even see the order."""
    return sees_unit(session, one.person_id, awaited.member_id, awaited.unit_id, on)
