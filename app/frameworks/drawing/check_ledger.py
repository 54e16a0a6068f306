"""Recomputing every ceiling from the ledger: what stands in the columns must be its sum."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.frameworks.cap_records import ArticleCap, CapMovement
from app.frameworks.records import CeilingMovement, Framework, Lot, MemberQuota
from app.members.records import Member

Sums = tuple[int, int, int, int]
NONE: Sums = (0, 0, 0, 0)
DIFFERS: Final = "Die Summe der Bewegungen ergibt einen anderen Stand."


def check_ledger(session: Session) -> tuple[str, ...]:
    """One German sentence per ceiling whose columns and ledger differ."""
    return (*_lots(session), *_quotas(session), *_caps(session))


def _lots(session: Session) -> Iterator[str]:
    booked = _sums(session, CeilingMovement.lot_id)
    rows = session.execute(
        select(Lot, Framework.number).join(Framework, Framework.id == Lot.framework_id)
    )
    for lot, number in rows:
        if _columns(lot) != booked.get((lot.id,), NONE):
            yield f"{number}, Los {lot.number}: {DIFFERS}"


def _quotas(session: Session) -> Iterator[str]:
    booked = _sums(session, CeilingMovement.lot_id, CeilingMovement.member_id)
    rows = session.execute(
        select(MemberQuota, Lot.number, Member.key)
        .join(Lot, Lot.id == MemberQuota.lot_id)
        .join(Member, Member.id == MemberQuota.member_id)
    )
    for quota, lot_number, key in rows:
        if _columns(quota) != booked.get((quota.lot_id, quota.member_id), NONE):
            yield f"Kontingent von {key} in Los {lot_number}: {DIFFERS}"


def _caps(session: Session) -> Iterator[str]:
    moved = CapMovement
    sums = {
        cap_id: (int(reserved), int(called_off))
        for cap_id, reserved, called_off in session.execute(
            select(moved.cap_id, func.sum(moved.reserved), func.sum(moved.called_off)).group_by(
                moved.cap_id
            )
        )
    }
    for cap in session.scalars(select(ArticleCap).order_by(ArticleCap.id)):
        if (cap.reserved_quantity, cap.called_off_quantity) != sums.get(cap.id, (0, 0)):
            yield f"Grenze des Artikels {cap.sku}: {DIFFERS}"


def _columns(held: Lot | MemberQuota) -> Sums:
    return (
        held.reserved_value.cents,
        held.called_off_value.cents,
        held.reserved_quantity,
        held.called_off_quantity,
    )


def _sums(session: Session, *keys: Any) -> Mapping[tuple[int, ...], Sums]:
    moved = CeilingMovement
    rows = session.execute(
        select(
            *keys,
            func.sum(moved.reserved_value),
            func.sum(moved.called_off_value),
            func.sum(moved.reserved_quantity),
            func.sum(moved.called_off_quantity),
        ).group_by(*keys)
    ).all()
    count = len(keys)
    return {
        tuple(row[:count]): (
            int(row[count].cents),
            int(row[count + 1].cents),
            int(row[count + 2]),
            int(row[count + 3]),
        )
        for row in rows
    }
