"""Named reads of parked baskets and templates; whose they are is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.members.records import RoleAssignment
from app.members.rules import MEMBER_ROLES, ROLE_SCOPES, Scope
from app.ordering.basket.contents import Owner
from app.ordering.filling.price_again import changes_since, lines_of_today
from app.ordering.filling.records import ParkedBasket
from app.ordering.filling.rules_changes import Changed, Remembered
from app.ordering.price_lines import PricedLine
from app.ordering.queries import labels

ORDER_ROLES: Final = tuple(
    role for role in MEMBER_ROLES if Scope.CALL_OFFS_WRITE in ROLE_SCOPES[role]
)


@dataclass(frozen=True, slots=True)
class ParkedSeen:
    """A parked basket at the prices of today."""

    basket: ParkedBasket
    remembered: tuple[Remembered, ...]
    lines: dict[str, PricedLine]
    changes: tuple[Changed, ...]
    handed_over_by: str

    @property
    def net(self) -> Money:
        """Of what can be ordered today."""
        return Money.total(line.net for line in self.lines.values() if line.obstacle is None)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who orders for the same member."""

    person_id: int
    label: str
    mail: str


def parked_baskets(session: Session, owner: Owner, now: datetime) -> tuple[ParkedSeen, ...]:
    """Those that wait for this person, the newest first."""
    found = session.scalars(
        select(ParkedBasket)
        .where(*_waiting(owner))
        .order_by(ParkedBasket.parked_at.desc(), ParkedBasket.id.desc())
    ).all()
    return _seen(session, owner, found, now)


def parked_basket(
    session: Session, owner: Owner, basket_id: int, *, lock: bool = False
) -> ParkedBasket:
    """NotFound for one that is not there, belongs to somebody else, or was taken up."""
    wanted = select(ParkedBasket).where(ParkedBasket.id == basket_id, *_waiting(owner))
    found = session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise NotFound("Diesen Warenkorb gibt es nicht, oder jemand hat ihn schon übernommen.")
    return found


def parked_seen(session: Session, owner: Owner, basket_id: int, now: datetime) -> ParkedSeen:
    (seen,) = _seen(session, owner, [parked_basket(session, owner, basket_id)], now)
    return seen


def taken_up(
    session: Session, owner: Owner, wanted: dict[str, int], now: datetime
) -> ParkedSeen | None:
    """The parked basket that this person's basket came from, while something of it is there."""
    if not wanted:
        return None
    found = session.scalar(
        select(ParkedBasket)
        .where(
            ParkedBasket.member_id == owner.member_id,
            ParkedBasket.taken_up_by == owner.person_id,
        )
        .order_by(ParkedBasket.taken_up_at.desc(), ParkedBasket.id.desc())
        .limit(1)
    )
    if found is None or not any(line["sku"] in wanted for line in found.lines):
        return None
    (seen,) = _seen(session, owner, [found], now)
    return seen


def colleagues(session: Session, owner: Owner, on: date) -> tuple[Colleague, ...]:
    """Who else orders for the member on that day, by name."""
    rows = session.execute(
        select(Person.id, Person.label, Person.mail)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            Person.active.is_(True),
            Person.id != owner.person_id,
            RoleAssignment.member_id == owner.member_id,
            RoleAssignment.role.in_(ORDER_ROLES),
            or_(RoleAssignment.valid_from.is_(None), RoleAssignment.valid_from <= on),
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on),
        )
        .distinct()
        .order_by(Person.label, Person.id)
    )
    return tuple(Colleague(*row) for row in rows)


def remembered_of(basket: ParkedBasket) -> tuple[Remembered, ...]:
    return tuple(
        Remembered(
            line["sku"],
            line["quantity"],
            line["name"],
            None if line["unit_price"] is None else UnitPrice(line["unit_price"]),
            line["term"],
        )
        for line in basket.lines
    )


def _waiting(owner: Owner) -> tuple[ColumnElement[bool], ...]:
    return (
        ParkedBasket.member_id == owner.member_id,
        or_(ParkedBasket.holder_id == owner.person_id, ParkedBasket.holder_id.is_(None)),
        ParkedBasket.taken_up_at.is_(None),
    )


def _seen(
    session: Session, owner: Owner, found: Sequence[ParkedBasket], now: datetime
) -> tuple[ParkedSeen, ...]:
    givers = {one.handed_over_by for one in found}
    names = labels(session, givers) if givers != {None} else {}
    seen = []
    for one in found:
        remembered = remembered_of(one)
        wanted = {line.sku: line.quantity for line in remembered}
        terms = {line.sku: line.term for line in remembered if line.term is not None}
        lines = lines_of_today(session, owner, wanted, terms, now)
        giver = "" if one.handed_over_by is None else names.get(one.handed_over_by, "")
        seen.append(ParkedSeen(one, remembered, lines, changes_since(remembered, lines), giver))
    return tuple(seen)
