"""Who may decide on an order of a member: approvers, value limits, deputies by date."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.records import Person
from app.database.marks import Kept
from app.kernel.money import Money
from app.members.records import Deputy, RoleAssignment
from app.members.rules import Role


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who may approve; `approval_limit` None means without limit."""

    person_id: int
    label: str
    mail: str
    approval_limit: Money | None
    deputy_for: int | None = None

    def covers(self, value: Money) -> bool:
        return self.approval_limit is None or value <= self.approval_limit

    def stands_apart_from(self, orderer: int | None) -> bool:
        """Neither the orderer nor somebody who decides in the orderer's name."""
        return orderer is None or orderer not in {self.person_id, self.deputy_for}


# Built once: putting a statement together costs more than executing it.
_APPROVES = (
    RoleAssignment.role == Role.APPROVER,
    RoleAssignment.member_id == bindparam("member"),
    or_(RoleAssignment.valid_from.is_(None), RoleAssignment.valid_from <= bindparam("day")),
    or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= bindparam("day")),
)
_SUBSTITUTE, _PRINCIPAL = aliased(Person), aliased(Person)
_APPROVERS = (
    select(Person.id, Person.label, Person.mail, RoleAssignment.approval_limit)
    .join(RoleAssignment, RoleAssignment.person_id == Person.id)
    .where(Person.active.is_(True), *_APPROVES)
)
_DEPUTIES = (
    select(
        _SUBSTITUTE.id,
        _SUBSTITUTE.label,
        _SUBSTITUTE.mail,
        RoleAssignment.approval_limit,
        _PRINCIPAL.id,
    )
    .join(Deputy, Deputy.deputy_person_id == _SUBSTITUTE.id)
    .join(_PRINCIPAL, _PRINCIPAL.id == Deputy.person_id)
    .join(RoleAssignment, RoleAssignment.person_id == _PRINCIPAL.id)
    .where(
        _SUBSTITUTE.active.is_(True),
        _PRINCIPAL.active.is_(True),
        Deputy.member_id == bindparam("member"),
        Deputy.valid_from <= bindparam("day"),
        Deputy.valid_to >= bindparam("day"),
        *_APPROVES,
    )
)
_EVERYBODY: Final[Kept[tuple[Decider, ...]]] = Kept(most=500)


def approvers(session: Session, member_id: int, on: date) -> tuple[Decider, ...]:
    """Everybody who approves on that day, deputies too, whatever the value."""
    return _EVERYBODY.get(session, (member_id, on), lambda: _everybody(session, member_id, on))


def deciders(
    session: Session, member_id: int, value: Money, *, excluding: int | None, on: date
) -> tuple[Decider, ...]:
    """Everybody who may decide over `value`, the smallest sufficient limit first.

    `excluding` is the orderer (four eyes): neither as approver nor as a deputy, and nobody decides
    in the orderer's name; None only where the exception is examined afterwards. A deputy has the
    limit of the approver. Whether `value` is gross or net follows the member's setting and is
    settled by the caller.
    """
    able = [
        decider
        for decider in approvers(session, member_id, on)
        if decider.stands_apart_from(excluding) and decider.covers(value)
    ]
    best: dict[int, Decider] = {}
    for decider in sorted(able, key=_order):
        best.setdefault(decider.person_id, decider)
    return tuple(best.values())


def may_decide(
    session: Session,
    member_id: int,
    person_id: int,
    value: Money,
    *,
    excluding: int | None,
    on: date,
) -> bool:
    """Whether this person is among the deciders."""
    able = deciders(session, member_id, value, excluding=excluding, on=on)
    return any(decider.person_id == person_id for decider in able)


def _order(decider: Decider) -> tuple[bool, int, bool, int]:
    limit = decider.approval_limit
    return (
        limit is None,
        0 if limit is None else limit.cents,
        decider.deputy_for is not None,
        decider.person_id,
    )


def _everybody(session: Session, member_id: int, on: date) -> tuple[Decider, ...]:
    values = {"member": member_id, "day": on}
    found = (*session.execute(_APPROVERS, values), *session.execute(_DEPUTIES, values))
    return tuple(Decider(*row) for row in found)
