"""What is left of the ceilings that an order would draw on: one statement, asked per check."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import BigInteger, Select, and_, bindparam, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.straight import fetch_all, fetch_one
from app.database.types import MoneyColumn
from app.eligibility.judging.case import ArticleRoom, Ceiling, LotRoom
from app.frameworks.cap_records import ArticleCap
from app.frameworks.records import Framework, Lot, MemberQuota

_LOT, _FRAMEWORK, _QUOTA = table_of(Lot), table_of(Framework), table_of(MemberQuota)
_CAP = table_of(ArticleCap)
_ROOMS: Final = (
    select(
        _LOT,
        _FRAMEWORK.c.maximum_value.label("total_value"),
        _FRAMEWORK.c.maximum_quantity.label("total_quantity"),
        _QUOTA.c.id.label("quota_id"),
        _QUOTA.c.maximum_value.label("quota_value"),
        _QUOTA.c.maximum_quantity.label("quota_quantity"),
        type_coerce(_QUOTA.c.reserved_value + _QUOTA.c.called_off_value, MoneyColumn()).label(
            "member_value"
        ),
        (_QUOTA.c.reserved_quantity + _QUOTA.c.called_off_quantity).label("member_quantity"),
    )
    .join(_FRAMEWORK, _FRAMEWORK.c.id == _LOT.c.framework_id)
    .outerjoin(
        _QUOTA, and_(_QUOTA.c.lot_id == _LOT.c.id, _QUOTA.c.member_id == bindparam("member"))
    )
    .order_by(_LOT.c.id)
)
_USED: Final = select(
    type_coerce(
        cast(func.sum(_LOT.c.reserved_value + _LOT.c.called_off_value), BigInteger), MoneyColumn()
    ).label("value"),
    func.sum(_LOT.c.reserved_quantity + _LOT.c.called_off_quantity).label("quantity"),
).where(_LOT.c.framework_id == bindparam("framework"))

_CAPS: Final = (
    select(_CAP)
    .where(
        _CAP.c.lot_id.in_(bindparam("lots", expanding=True)),
        _CAP.c.sku.in_(bindparam("skus", expanding=True)),
        _CAP.c.maximum_quantity.is_not(None),
    )
    .order_by(_CAP.c.sku)
)


@dataclass(frozen=True, slots=True)
class Rooms:
    """The lots of an order, and the ceiling over all lots where the agreement has one."""

    lots: tuple[LotRoom, ...]
    total: Ceiling | None


def rooms(
    session: Session,
    framework_id: int,
    articles: Collection[tuple[int, str]],
    member_id: int,
) -> Rooms:
    """As they stand now, the member's own quota with each lot; `articles` are (lot id, sku)."""
    lot_ids = {lot_id for lot_id, _ in articles}
    named = {f"lot_{at}": lot_id for at, lot_id in enumerate(sorted(lot_ids))}
    rows = fetch_all(session, _rooms_of(len(named)), {"member": member_id, **named})
    capped = [row.id for row in rows if row.has_caps]
    caps = _caps(session, capped, [sku for _, sku in articles]) if capped else {}
    lots = tuple(_room(row, tuple(caps.get(row.id, ()))) for row in rows)
    return Rooms(lots, _total(session, framework_id, rows))


@cache
def _rooms_of(lots: int) -> Select[Any]:
    """Built once for each number of lots, so that its words do not depend on values."""
    return _ROOMS.where(_LOT.c.id.in_([bindparam(f"lot_{at}") for at in range(lots)]))


def _caps(
    session: Session, lot_ids: Collection[int], skus: Collection[str]
) -> dict[int, list[ArticleRoom]]:
    found: dict[int, list[ArticleRoom]] = {}
    values = {"lots": list(lot_ids), "skus": list(skus)}
    for row in session.connection().execute(_CAPS, values):
        used = row.reserved_quantity + row.called_off_quantity
        room = ArticleRoom(row.sku, row.maximum_quantity, used)
        found.setdefault(row.lot_id, []).append(room)
    return found


def _room(row: Any, articles: tuple[ArticleRoom, ...]) -> LotRoom:
    return LotRoom(
        lot_id=row.id,
        number=row.number,
        maximum_value=row.maximum_value,
        reserved_value=row.reserved_value,
        called_off_value=row.called_off_value,
        maximum_quantity=row.maximum_quantity,
        reserved_quantity=row.reserved_quantity,
        called_off_quantity=row.called_off_quantity,
        minimum_order=row.minimum_order_value,
        maximum_order=row.maximum_order_value,
        only_kinds=tuple(row.only_kinds.split()),
        only_districts=tuple(row.only_districts.split()),
        articles=articles,
        quota=None
        if row.quota_id is None
        else Ceiling(row.quota_value, row.quota_quantity, row.member_value, row.member_quantity),
    )


def _total(session: Session, framework_id: int, rows: Sequence[Any]) -> Ceiling | None:
    first = next(iter(rows), None)
    if first is None or (first.total_value is None and first.total_quantity is None):
        return None
    used = fetch_one(session, _USED, {"framework": framework_id})
    return Ceiling(first.total_value, first.total_quantity, used.value, int(used.quantity))
