"""A small model of orders: pieces, who may do what when, and integer cents; it knows no portal."""

from dataclasses import dataclass, field
from typing import Final

from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION

PRICES: Final = {NOTEBOOK: 7_890_000, WORKSTATION: 12_499_050, MONITOR: 1_895_000}  # 1/10,000 euro
LOTS: Final = {NOTEBOOK: 1, WORKSTATION: 1, MONITOR: 2}
CEILINGS: Final = {1: (1_500_000, 14), 2: (200_000, 12)}  # cents, pieces
RESERVED: Final = {"in_approval"}
CALLED: Final = {"placed", "confirmed", "partially_delivered", "delivered", "invoiced", "completed"}
CHANGEABLE: Final = {"placed", "confirmed", "partially_delivered"}


def cents(sku: str, pieces: int) -> int:
    """Half a cent is rounded up."""
    return (PRICES[sku] * pieces + 50) // 100


@dataclass
class Line:
    kept: int
    sent: list[int] = field(default_factory=list)  # pieces per delivery
    billed: int = 0  # deliveries that an invoice covers

    @property
    def delivered(self) -> int:
        return sum(self.sent)

    @property
    def left(self) -> int:
        return self.kept - self.delivered


@dataclass
class Order:
    number: str
    lines: dict[str, Line]
    state: str = "in_approval"
    received: bool = True
    wish: dict[str, int] = field(default_factory=dict)
    agreed: bool = False
    wishes: int = 0
    invoices: list[tuple[str, dict[str, int]]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return all(line.left == 0 for line in self.lines.values())

    @property
    def growth(self) -> dict[str, tuple[int, int]]:
        """Cents and pieces that an open wish holds besides."""
        grown = {sku: many for sku, many in self.wish.items() if many > self.lines[sku].kept}
        return {
            sku: (cents(sku, many) - cents(sku, self.lines[sku].kept), many - self.lines[sku].kept)
            for sku, many in grown.items()
        }

    def unbilled(self) -> dict[str, list[int]]:
        return {sku: line.sent[line.billed :] for sku, line in self.lines.items()}


class Model:
    """Every order, and what all of them hold of the lots."""

    def __init__(self) -> None:
        self.orders: list[Order] = []

    def held(self, lot: int) -> tuple[int, int, int, int]:
        """Reserved cents and pieces, called off cents and pieces."""
        reserved, called = [0, 0], [0, 0]
        for order in self.orders:
            for sku, line in order.lines.items():
                if LOTS[sku] != lot or order.state not in RESERVED | CALLED:
                    continue
                into = reserved if order.state in RESERVED else called
                into[0] += cents(sku, line.kept)
                into[1] += line.kept
            for sku, (value, pieces) in order.growth.items():
                if LOTS[sku] == lot:
                    reserved[0] += value
                    reserved[1] += pieces
        return (*reserved, *called)  # type: ignore[return-value]

    def has_room(self, wanted: dict[str, tuple[int, int]]) -> bool:
        """Whether cents and pieces by article fit below both ceilings of their lots."""
        for lot, (most_cents, most_pieces) in CEILINGS.items():
            here = [taken for sku, taken in wanted.items() if LOTS[sku] == lot]
            held = self.held(lot)
            if here and (
                held[0] + held[2] + sum(value for value, _ in here) > most_cents
                or held[1] + held[3] + sum(pieces for _, pieces in here) > most_pieces
            ):
                return False
        return True
