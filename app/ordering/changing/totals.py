"""What an order costs once a wish is met, and whether it can still be met."""

from dataclasses import dataclass

from app.kernel.money import Money
from app.kernel.vat import vat_on
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import IllegalStep
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_CALL_OFF


@dataclass(frozen=True, slots=True)
class Totals:
    """What the order costs without what is cancelled."""

    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        return self.net + self.vat


def totals_after(found: CallOff, change: CallOffChange | None = None) -> Totals:
    """With the wish met as wished or answered; without a wish as the order stands."""
    pieces = pieces_after(found, change)
    lines = lines_of(found, change)
    net = Money.total(line.unit_price.times(pieces[line.sku]) for line in lines)
    return Totals(net, vat_on(net, found.vat_percent))


def pieces_after(found: CallOff, change: CallOffChange | None = None) -> dict[str, int]:
    """Every line's pieces by article number, in the same sense."""
    items = () if change is None else change.items
    pieces = {line.sku: line.kept for line in found.lines}
    return pieces | {item.sku: item.pieces for item in items if item.sku}


def check_still_possible(found: CallOff, change: CallOffChange) -> None:
    """Raises IllegalStep where more was delivered meanwhile than the wish leaves."""
    delivered = {line.sku: line.delivered for line in lines_of(found, change)}
    short = any(item.pieces < delivered[item.sku] for item in change.items if item.sku)
    if found.state not in HOLDS_CALL_OFF or short:
        raise IllegalStep
