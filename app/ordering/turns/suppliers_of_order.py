"""Who delivers a call-off and by which rule he was chosen, for memo, order and desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.frameworks.awarding.suppliers import (
    AwardSeen,
    Contractor,
    contractors_of,
    standing_awards,
    stands,
)
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.legal_day import legal_day
from app.ordering.queries import lots_of
from app.ordering.records import CallOff
from app.ordering.rules import FINAL, State
from app.ordering.trail_records import CallOffMove

OVER: Final = frozenset({*FINAL, State.DELIVERED, State.INVOICED})
ONLY_SUPPLIER: Final = "Ein Auftragnehmer je Los, kein erneuter Wettbewerb (§ 21 Abs. 3 VgV)"


@dataclass(frozen=True, slots=True)
class OrderSuppliers:
    """By lot id: whoever was chosen, or is the lot's only one (`alone`); else `otherwise`."""

    otherwise: str
    awards: dict[int, AwardSeen]
    lot_numbers: dict[int, int]
    alone: Mapping[int, str] = field(default_factory=dict)

    def of_lot(self, lot_id: int) -> str:
        seen = self.awards.get(lot_id)
        return self.alone.get(lot_id, self.otherwise) if seen is None else seen.supplier.name

    @property
    def names(self) -> str:
        """Each once, by lot."""
        found = [self.of_lot(lot_id) for lot_id in sorted({*self.awards, *self.alone})]
        return ", ".join(dict.fromkeys(found)) or self.otherwise

    @property
    def rule(self) -> str:
        """Why these, lot by lot."""
        if not self.awards:
            return ONLY_SUPPLIER
        return " ".join(
            f"Los {self.lot_numbers[lot_id]}: {seen.supplier.name}. {seen.award.reason}"
            for lot_id, seen in sorted(self.awards.items())
        )


def suppliers_of_order(session: Session, found: CallOff, framework: Framework) -> OrderSuppliers:
    """Costs no statement where every lot has a single supplier that was never replaced."""
    if framework.call_off_mode is CallOffMode.DIRECT:
        known = contractors_of(session, framework.id)
        day = _day_of(session, known, found)
        return OrderSuppliers(framework.supplier_name, {}, {}, _alone(known, found, day))
    numbers = {
        lot.id: lot.number for lot in lots_of(session, {line.lot_id for line in found.lines})
    }
    return OrderSuppliers(framework.supplier_name, standing_awards(session, found.number), numbers)


def _day_of(session: Session, known: Sequence[Contractor], found: CallOff) -> date:
    """Of an order that is over the last delivery, or else its placing; the end of days before."""
    if found.state not in OVER or all(one.valid_to is None for one in known):
        return date.max
    delivered = select(func.max(CallOffMove.at)).where(
        CallOffMove.call_off_id == found.id, CallOffMove.reached == State.DELIVERED
    )
    return legal_day(session.scalar(delivered) or found.placed_at or found.submitted_at)


def _alone(known: Sequence[Contractor], found: CallOff, day: date) -> dict[int, str]:
    """By lot: who delivers what is still to come, or delivered an order that is over."""
    standing = [one for one in known if stands(one, day)]
    by_lot = {
        line.lot_id: next(
            (one.name for of in (line.lot_id, None) for one in standing if one.lot_id == of), ""
        )
        for line in found.lines
        if not line.is_free
    }
    return {lot_id: name for lot_id, name in by_lot.items() if name}
