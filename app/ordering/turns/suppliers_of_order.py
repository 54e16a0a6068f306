"""Who delivers a call-off and by which rule he was chosen, for memo, order and desk."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.awarding.suppliers import AwardSeen, standing_awards
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import CallOffMode
from app.ordering.queries import lots_of
from app.ordering.records import CallOff

ONLY_SUPPLIER: Final = "Ein Auftragnehmer je Los, kein erneuter Wettbewerb (§ 21 Abs. 3 VgV)"


@dataclass(frozen=True, slots=True)
class OrderSuppliers:
    """By lot id; without awards the agreement has a single supplier."""

    otherwise: str
    awards: dict[int, AwardSeen]
    lot_numbers: dict[int, int]

    def of_lot(self, lot_id: int) -> str:
        seen = self.awards.get(lot_id)
        return self.otherwise if seen is None else seen.supplier.name

    @property
    def names(self) -> str:
        """Each once, by lot."""
        found = [self.awards[lot_id].supplier.name for lot_id in sorted(self.awards)]
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
    """Costs no statement where the agreement has a single supplier."""
    if framework.call_off_mode is CallOffMode.DIRECT:
        return OrderSuppliers(framework.supplier_name, {}, {})
    numbers = {
        lot.id: lot.number for lot in lots_of(session, {line.lot_id for line in found.lines})
    }
    return OrderSuppliers(framework.supplier_name, standing_awards(session, found.number), numbers)
