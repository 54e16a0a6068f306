"""Who delivers the call-offs of an exported queue: as their own pages name them."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.database.among import among
from app.frameworks.agreement_records import FrameworkSupplier, SupplierAward
from app.frameworks.awarding.suppliers import PASSED
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import AwardEvent, CallOffMode
from app.ordering.records import CallOff
from app.ordering.turns.suppliers_of_order import suppliers_of_order

_AWARDS: Final = (
    select(SupplierAward.subject, SupplierAward.lot_id, SupplierAward.event, FrameworkSupplier.name)
    .join(FrameworkSupplier, FrameworkSupplier.id == SupplierAward.supplier_id)
    .where(among(SupplierAward.subject, "numbers"))
    .order_by(SupplierAward.id)
)
_ALONE: Final = (
    select(CallOff, Framework)
    .join(Framework, Framework.id == CallOff.framework_id)
    .where(
        among(CallOff.number, "numbers"),
        Framework.call_off_mode == CallOffMode.DIRECT,
        Framework.id.in_(select(FrameworkSupplier.framework_id)),
    )
    .options(selectinload(CallOff.lines))
)


def suppliers_by_number(session: Session, numbers: Collection[str]) -> dict[str, str]:
    """Absent are call-offs of agreements that name one supplier for everything."""
    return {**_chosen(session, numbers), **_alone(session, numbers)}


def _chosen(session: Session, numbers: Collection[str]) -> dict[str, str]:
    """By the published rule; whom a lot passed to stands last."""
    found: dict[str, dict[int, str]] = {}
    for number, lot_id, event, name in session.execute(_AWARDS, {"numbers": [*numbers]}):
        lots = found.setdefault(number, {})
        if event is AwardEvent.CHOSEN:
            lots[lot_id] = name
        elif event in PASSED:
            lots.pop(lot_id, None)
    return {
        number: ", ".join(dict.fromkeys(name for _, name in sorted(lots.items())))
        for number, lots in found.items()
        if lots
    }


def _alone(session: Session, numbers: Collection[str]) -> dict[str, str]:
    """One supplier per lot, or another one since a day."""
    return {
        call_off.number: suppliers_of_order(session, call_off, framework).names
        for call_off, framework in session.execute(_ALONE, {"numbers": [*numbers]})
    }
