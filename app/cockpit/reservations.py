"""What holds room of an agreement without being called off: orders and changes that wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.changing.growth import reserved_draws
from app.ordering.changing.queries import WHOLE, waiting_of
from app.ordering.changing.records import CallOffChange
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION, held_until


@dataclass(frozen=True, slots=True)
class Reservation:
    """An order that waits for approval, or the `change` of a placed one, and holds room."""

    number: str
    member: str
    net: Money
    since: date
    until: date
    change: int | None = None

    @property
    def name(self) -> str:
        """`A-2026-000017`, or `A-2026-000017, Änderung 1`."""
        return self.number if self.change is None else f"{self.number}, Änderung {self.change}"


def reservations(session: Session, framework: Framework) -> tuple[Reservation, ...]:
    """Of orders; what lapses first stands first."""
    rows = session.execute(
        select(CallOff.number, Member.name, CallOff.net, CallOff.submitted_at)
        .join(Member, Member.id == CallOff.member_id)
        .where(CallOff.framework_id == framework.id, CallOff.state.in_(HOLDS_RESERVATION))
        .order_by(CallOff.submitted_at, CallOff.id)
    )
    return tuple(
        Reservation(
            number,
            name,
            net,
            legal_day(at),
            held_until(legal_day(at), framework.reservation_days),
        )
        for number, name, net, at in rows
    )


def reserved_changes(session: Session, framework: Framework) -> tuple[Reservation, ...]:
    """Of wishes for more that nobody has settled yet; the oldest first."""
    return tuple(_changes(session, framework))


def _changes(session: Session, framework: Framework) -> Iterator[Reservation]:
    rows = session.execute(
        select(CallOffChange, CallOff, Member.name)
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .join(Member, Member.id == CallOffChange.member_id)
        .where(CallOff.framework_id == framework.id, CallOffChange.closed_at.is_(None))
        .order_by(CallOffChange.asked_at, CallOffChange.id)
        .options(*WHOLE, selectinload(CallOff.lines)),
        execution_options={"populate_existing": True},
    )
    for change, found, name in rows:
        held = reserved_draws(found, change)
        if held:
            yield Reservation(
                found.number,
                name,
                Money.total(one.value for one in held),
                legal_day(change.asked_at),
                waiting_of(change, framework).last,
                change.position,
            )
