"""What the tests of ceilings share: small ceilings and how much of them is used."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.frameworks.drawing.draw import Draw, Reserved, book_reservation, reserve
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.records import Framework, Lot, MemberQuota
from app.kernel.money import Money
from tests.support.clock import NOON, TODAY
from tests.support.world import MONITOR, NOTEBOOK, lot_of


def limit_total(session: Session, value: str | None, quantity: int | None = None) -> None:
    """The ceiling over both lots of the world's agreement."""
    amount = None if value is None else Money.euros(value)
    session.execute(update(Framework).values(maximum_value=amount, maximum_quantity=quantity))
    session.expire_all()


def lots(session: Session) -> tuple[Lot, Lot]:
    """Notebooks and monitors, as they stand now."""
    return lot_of(session, NOTEBOOK), lot_of(session, MONITOR)


def draw(of: Lot, euros: str, pieces: int = 1, member_id: int | None = None) -> Draw:
    return Draw(of.id, Money.euros(euros), pieces, member_id)


def held(
    session: Session, *draws: Draw, subject: str = "A-1", now: datetime = NOON
) -> Reserved | NoRoom:
    """Reserve and book like a submission does; a refusal leaves nothing."""
    result = reserve(session, draws, TODAY)
    if isinstance(result, Reserved):
        book_reservation(session, result, subject, now)
    return result


def used(session: Session) -> list[int]:
    """Cents reserved and called off per lot."""
    session.expire_all()
    return [
        (lot.reserved_value + lot.called_off_value).cents
        for lot in session.scalars(select(Lot).order_by(Lot.id))
    ]


def quota_used(session: Session) -> tuple[int, int, int, int]:
    """Of the only quota: reserved and called-off cents, reserved and called-off pieces."""
    session.expire_all()
    quota = session.scalars(select(MemberQuota)).one()
    return (
        quota.reserved_value.cents,
        quota.called_off_value.cents,
        quota.reserved_quantity,
        quota.called_off_quantity,
    )
