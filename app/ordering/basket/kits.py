"""Which pieces of a basket belong to kits, and lines arranged by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.relations.kit_queries import kit_contents
from app.catalog.relations.rules_kits import KitContent, KitGroup, kit_groups, placed
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.basket_records import BasketKit
from app.ordering.records import CallOff, CallOffLine
from app.ordering.trail_records import CallOffKit

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class LineGroup(Generic[Line]):
    """Lines of one kit, or (kit None) those that stand for themselves."""

    kit: KitGroup | None
    lines: tuple[Line, ...]
    net: Money


def basket_kits(
    session: Session, member_id: int, person_id: int, quantities: Mapping[str, int]
) -> tuple[KitGroup, ...]:
    """The kits in somebody's basket, as far as the quantities still hold them."""
    rows = session.execute(
        select(BasketKit.kit_id, BasketKit.quantity)
        .where(BasketKit.member_id == member_id, BasketKit.person_id == person_id)
        .order_by(BasketKit.added_at, BasketKit.id)
    ).all()
    if not rows:
        return ()
    contents = kit_contents(session, [row.kit_id for row in rows])
    return kit_groups(quantities, [(contents[row.kit_id], row.quantity) for row in rows])


def ordered_groups(session: Session, found: CallOff) -> tuple[LineGroup[CallOffLine], ...]:
    """The lines of a call-off by the kits in which they were ordered."""
    kits = session.scalars(
        select(CallOffKit).where(CallOffKit.call_off_id == found.id).order_by(CallOffKit.position)
    ).all()
    groups = [
        KitGroup(KitContent(kit.number, kit.title, {}, {}), kit.quantity, kit.pieces, {})
        for kit in kits
    ]
    lines = {line.sku: line for line in found.lines}
    return arranged(lines, {line.sku: line.unit_price for line in found.lines}, groups)


def arranged(
    lines: Mapping[str, Line], prices: Mapping[str, UnitPrice | None], groups: Sequence[KitGroup]
) -> tuple[LineGroup[Line], ...]:
    """`lines` by article number; a kit's net counts its own pieces only."""
    found = []
    for group, skus in placed(tuple(lines), groups):
        pieces = group.pieces if group else {}
        net = Money.total(
            price.times(pieces[sku])
            for sku in pieces
            if sku in lines and (price := prices.get(sku)) is not None
        )
        found.append(LineGroup(group, tuple(lines[sku] for sku in skus), net))
    return tuple(found)
