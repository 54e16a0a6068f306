"""After a draw found no room: which ceiling it was, and what is left of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.frameworks.drawing.draw_statements import FRAMEWORK, LOT, QUOTA, USED_QUANTITY, USED_VALUE
from app.frameworks.rules_ceiling import Bound
from app.kernel.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class NoRoom:
    """A ceiling cannot take this order; what is left of it stands beside the reason."""

    lot_id: int
    lot_number: int
    lot_title: str
    running: bool
    remaining_value: Money | None
    remaining_quantity: int | None
    bound: Bound = Bound.LOT
    sku: str = ""

    @property
    def code(self) -> str:
        return "ceiling_reached" if self.running else "framework_not_running"


_LOT: Final = (
    select(LOT, FRAMEWORK.c.valid_from, FRAMEWORK.c.valid_to)
    .add_columns(
        FRAMEWORK.c.maximum_value.label("total_value"),
        FRAMEWORK.c.maximum_quantity.label("total_quantity"),
        USED_VALUE.label("used_value"),
        USED_QUANTITY.label("used_quantity"),
    )
    .join(FRAMEWORK, FRAMEWORK.c.id == LOT.c.framework_id)
    .where(LOT.c.id == bindparam("lot"))
)
_QUOTA: Final = select(QUOTA).where(
    QUOTA.c.lot_id == bindparam("lot"), QUOTA.c.member_id == bindparam("member")
)


def has_quota(session: Session, lot_id: int, member_id: int) -> bool:
    return _quota(session, lot_id, member_id) is not None


def no_room(session: Session, lot_id: int, value: Money, quantity: int, on: date | None) -> NoRoom:
    """The lot's own ceiling if it is too low for this, else the total over all lots."""
    lot = session.execute(_LOT, {"lot": lot_id}).one()
    running = on is None or lot.valid_from <= on <= lot.valid_to
    left_value, left_quantity = _left(lot)
    short = left_value is not None and left_value < value
    short = short or (left_quantity is not None and left_quantity < quantity)
    if short or not running:
        bound = Bound.LOT
    else:
        bound = Bound.TOTAL
        left_value = None if lot.total_value is None else lot.total_value - Money(lot.used_value)
        most = lot.total_quantity
        left_quantity = None if most is None else most - lot.used_quantity
    return NoRoom(lot_id, lot.number, lot.title, running, left_value, left_quantity, bound)


def no_quota(session: Session, lot_id: int, member_id: int) -> NoRoom:
    """The member's share of the lot is used up."""
    lot = session.execute(_LOT, {"lot": lot_id}).one()
    quota = _quota(session, lot_id, member_id)
    left_value, left_quantity = (NOTHING, None) if quota is None else _left(quota)
    return NoRoom(lot_id, lot.number, lot.title, True, left_value, left_quantity, Bound.QUOTA)


def no_cap(session: Session, lot_id: int, sku: str, free: int) -> NoRoom:
    """The cap of one article is used up."""
    lot = session.execute(_LOT, {"lot": lot_id}).one()
    return NoRoom(lot_id, lot.number, lot.title, True, None, free, Bound.ARTICLE, sku)


def _quota(session: Session, lot_id: int, member_id: int) -> Row[Any] | None:
    return session.execute(_QUOTA, {"lot": lot_id, "member": member_id}).one_or_none()


def _left(row: Row[Any]) -> tuple[Money | None, int | None]:
    value, quantity = row.maximum_value, row.maximum_quantity
    return (
        None if value is None else value - row.reserved_value - row.called_off_value,
        None if quantity is None else quantity - row.reserved_quantity - row.called_off_quantity,
    )
