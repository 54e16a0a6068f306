"""The statements of a draw, built once: putting one together costs more than executing it."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Table,
    Update,
    and_,
    bindparam,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from app.database.base import table_of
from app.database.types import MoneyColumn
from app.frameworks.records import CeilingMovement, Framework, Lot, MemberQuota

LOT, FRAMEWORK, QUOTA = table_of(Lot), table_of(Framework), table_of(MemberQuota)
_VALUE: Final = bindparam("value", type_=MoneyColumn())
_QUANTITY: Final = bindparam("quantity", type_=Integer())
_EVERY_LOT = LOT.alias("every_lot")


def _moved(table: Table) -> Update:
    """Both pairs of columns by what the step says; what stands there afterwards comes back."""
    return update(table).values(
        reserved_value=table.c.reserved_value + bindparam("reserve_value", type_=MoneyColumn()),
        called_off_value=table.c.called_off_value + bindparam("call_value", type_=MoneyColumn()),
        reserved_quantity=table.c.reserved_quantity + bindparam("reserve_quantity"),
        called_off_quantity=table.c.called_off_quantity + bindparam("call_quantity"),
    )


def _room(table: Table) -> ColumnElement[bool]:
    return and_(
        or_(
            table.c.maximum_value.is_(None),
            table.c.reserved_value + table.c.called_off_value + _VALUE <= table.c.maximum_value,
        ),
        or_(
            table.c.maximum_quantity.is_(None),
            table.c.reserved_quantity + table.c.called_off_quantity + _QUANTITY
            <= table.c.maximum_quantity,
        ),
    )


def _used_by_all(reserved: str, called_off: str) -> ColumnElement[int]:
    """Over all lots of the agreement."""
    summed = func.sum(_EVERY_LOT.c[reserved] + _EVERY_LOT.c[called_off])
    return (
        select(cast(func.coalesce(summed, 0), BigInteger))
        .where(_EVERY_LOT.c.framework_id == FRAMEWORK.c.id)
        .correlate(FRAMEWORK)
        .scalar_subquery()
    )


USED_VALUE: Final = _used_by_all("reserved_value", "called_off_value")
USED_QUANTITY: Final = _used_by_all("reserved_quantity", "called_off_quantity")
_TOTAL_ROOM: Final = and_(
    or_(
        FRAMEWORK.c.maximum_value.is_(None),
        USED_VALUE + cast(_VALUE, BigInteger) <= cast(FRAMEWORK.c.maximum_value, BigInteger),
    ),
    or_(
        FRAMEWORK.c.maximum_quantity.is_(None),
        FRAMEWORK.c.maximum_quantity >= USED_QUANTITY + _QUANTITY,
    ),
)
_IN_FRAMEWORK: Final = FRAMEWORK.c.id == LOT.c.framework_id
_RUNNING: Final = and_(
    FRAMEWORK.c.valid_from <= bindparam("day"), FRAMEWORK.c.valid_to >= bindparam("day")
)

MOVE_LOT: Final = (
    _moved(LOT)
    .where(LOT.c.id == bindparam("lot"))
    .returning(
        LOT.c.framework_id,
        LOT.c.has_quotas,
        LOT.c.has_caps,
        LOT.c.alert_percents,
        LOT.c.reserved_value,
        LOT.c.called_off_value,
        LOT.c.maximum_value,
        LOT.c.reserved_quantity,
        LOT.c.called_off_quantity,
        LOT.c.maximum_quantity,
    )
)
MOVE_LOT_IF_ROOM: Final = MOVE_LOT.where(
    _room(LOT), exists(select(FRAMEWORK.c.id).where(_IN_FRAMEWORK, _TOTAL_ROOM))
)
MOVE_LOT_IF_ROOM_AND_RUNNING: Final = MOVE_LOT.where(
    _room(LOT), exists(select(FRAMEWORK.c.id).where(_IN_FRAMEWORK, _RUNNING, _TOTAL_ROOM))
)

_OF_MEMBER: Final = and_(
    QUOTA.c.lot_id == bindparam("lot"), QUOTA.c.member_id == bindparam("member")
)
MOVE_QUOTA: Final = (
    _moved(QUOTA)
    .where(_OF_MEMBER)
    .returning(
        QUOTA.c.reserved_value,
        QUOTA.c.called_off_value,
        QUOTA.c.maximum_value,
        QUOTA.c.reserved_quantity,
        QUOTA.c.called_off_quantity,
        QUOTA.c.maximum_quantity,
    )
)
MOVE_QUOTA_IF_ROOM: Final = MOVE_QUOTA.where(_room(QUOTA))

# With the entry of the ledger that was written first: only so what is called off may fall.
_ENTRY: Final = bindparam("entry", type_=Integer())
BY_ENTRY: Final[Mapping[Update, Update]] = {
    plain: plain.values(given_back_by=_ENTRY)
    for plain in (MOVE_LOT, MOVE_LOT_IF_ROOM, MOVE_QUOTA, MOVE_QUOTA_IF_ROOM)
}
LOCK_LOTS: Final = (
    select(LOT.c.id)
    .where(LOT.c.id.in_(bindparam("lots", expanding=True)))
    .order_by(LOT.c.id)
    .with_for_update(key_share=True)
)

# FOR NO KEY UPDATE: other orders may still refer to the agreement meanwhile.
LOCK_TOTAL: Final = (
    select(
        FRAMEWORK.c.id,
        FRAMEWORK.c.maximum_value,
        FRAMEWORK.c.maximum_quantity,
        USED_VALUE.label("used_value"),
        USED_QUANTITY.label("used_quantity"),
    )
    .where(
        FRAMEWORK.c.id
        == select(LOT.c.framework_id).where(LOT.c.id == bindparam("lot")).scalar_subquery(),
        or_(FRAMEWORK.c.maximum_value.is_not(None), FRAMEWORK.c.maximum_quantity.is_not(None)),
    )
    .with_for_update(key_share=True)
)
WRITE_DOWN: Final = insert(table_of(CeilingMovement))
BOOK: Final = WRITE_DOWN.returning(table_of(CeilingMovement).c.id)
