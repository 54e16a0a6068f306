"""What members ordered outside the price lists of an agreement in twelve months."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.legal_day import start_of_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff, CallOffLine

MEMORY: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class FreeLine:
    """A free position that was placed; `quantity` and `net` without what was cancelled."""

    call_off: str
    placed_at: datetime
    member: str
    name: str
    quantity: int
    net: Money
    supplier: str
    quote_number: str
    quote_date: date


@dataclass(frozen=True, slots=True)
class FreeSpend:
    """The latest first."""

    rows: tuple[FreeLine, ...]

    @property
    def net(self) -> Money:
        return Money.total(row.net for row in self.rows)


def free_spend(session: Session, framework_id: int, today: date) -> FreeSpend:
    """Placed within the last year, and kept."""
    rows = session.execute(
        select(CallOffLine, CallOff.number, CallOff.placed_at, Member.name, FreePosition)
        .join(CallOff, CallOff.id == CallOffLine.call_off_id)
        .join(Member, Member.id == CallOff.member_id)
        .join(FreePosition, FreePosition.id == CallOffLine.free_position_id)
        .where(
            CallOff.framework_id == framework_id,
            CallOff.placed_at >= start_of_day(today - MEMORY),
            CallOffLine.cancelled < CallOffLine.quantity,
        )
        .order_by(CallOff.placed_at.desc(), CallOffLine.id.desc())
    ).all()
    return FreeSpend(
        tuple(
            FreeLine(
                call_off=number,
                placed_at=placed_at,
                member=member,
                name=line.name,
                quantity=line.kept,
                net=line.unit_price.times(line.kept),
                supplier=position.supplier,
                quote_number=position.quote_number,
                quote_date=position.quote_date,
            )
            for line, number, placed_at, member, position in rows
            if placed_at is not None
        )
    )
