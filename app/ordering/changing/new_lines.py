"""The lines of an order as a change makes them: those it has, and a successor's new one."""

from app.catalog.rules_charge import Charge
from app.kernel.money import NOTHING
from app.ordering.changing.records import CallOffChange, CallOffChangeItem
from app.ordering.records import CallOff, CallOffLine


def lines_of(found: CallOff, change: CallOffChange | None) -> tuple[CallOffLine, ...]:
    """The new ones are not on record yet and have no pieces yet: the change gives them theirs."""
    return (*found.lines, *new_lines(found, change))


def new_lines(found: CallOff, change: CallOffChange | None) -> tuple[CallOffLine, ...]:
    """Empty once the change is carried out."""
    items = () if change is None else change.items
    known = {line.sku for line in found.lines}
    added = [item for item in items if item.successor is not None and item.sku not in known]
    last = max(line.position for line in found.lines)
    return tuple(_line(found, item, last + at) for at, item in enumerate(added, 1))


def _line(found: CallOff, item: CallOffChangeItem, position: int) -> CallOffLine:
    new = item.successor
    if new is None:
        raise LookupError(f"item {item.id} names no successor")
    return CallOffLine(
        call_off_id=found.id,
        member_id=found.member_id,
        position=position,
        article_id=new.article_id,
        free_position_id=None,
        lot_id=new.lot_id,
        catalog_version_id=new.catalog_version_id,
        sku=item.sku,
        name=new.name,
        manufacturer=new.manufacturer,
        order_unit=new.order_unit,
        pieces_per_unit=new.pieces_per_unit,
        quantity=0,
        unit_price=new.unit_price,
        charge=Charge.PURCHASE,
        rate=None,
        term=None,
        net=NOTHING,
        serial_numbers=new.serial_numbers,
        reverse_charge=new.reverse_charge,
        delivery_days=new.delivery_days,
        delivered=0,
        cancelled=0,
        replaced=0,
    )
