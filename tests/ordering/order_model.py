"""A small model of orders: pieces, who may do what when, and integer cents; it knows no portal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION

PRICES: Final = {NOTEBOOK: 7_890_000, WORKSTATION: 12_499_050, MONITOR: 1_895_000}  # 1/10,000 euro
LOTS: Final = {NOTEBOOK: 1, WORKSTATION: 1, MONITOR: 2}
CEILINGS: Final = {1: (1_500_000, 14), 2: (200_000, 12)}  # cents, pieces
BUDGET: Final = 1_300_000  # cents gross of the account, with a hard limit
RESERVED: Final = {"in_approval"}
CALLED: Final = {"placed", "confirmed", "partially_delivered", "delivered", "invoiced", "completed"}
CHANGEABLE: Final = {"placed", "confirmed", "partially_delivered"}
CANCELLABLE: Final = {
    "orderer": {"in_approval", "placed"},
    "desk": {"placed", "confirmed", "partially_delivered"},
}


def cents(sku: str, pieces: int) -> int:
    """Half a cent is rounded up."""
    return (PRICES[sku] * pieces + 50) // 100


def gross(net: int) -> int:
    """With 19 % of tax, half a cent up."""
    return net + (net * 19 + 50) // 100


@dataclass
class Sent:
    """What one delivery brought of a line, and the invoice over it."""

    pieces: int
    invoice: str = ""


@dataclass
class Line:
    kept: int
    sent: list[Sent] = field(default_factory=list)

    @property
    def delivered(self) -> int:
        return sum(one.pieces for one in self.sent)

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
    invoices: list[tuple[str, int]] = field(default_factory=list)  # number, gross; live ones
    committed: int = 0
    actual: int = 0

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

    def unbilled(self) -> dict[str, list[Sent]]:
        """What no living invoice covers, by article."""
        waiting = {
            sku: [one for one in line.sent if not one.invoice] for sku, line in self.lines.items()
        }
        return {sku: some for sku, some in waiting.items() if some}

    def costs(self, wish: Mapping[str, int]) -> int:
        """Gross of what is kept, once `wish` is met."""
        return gross(sum(cents(sku, wish.get(sku, one.kept)) for sku, one in self.lines.items()))

    def hold(self) -> None:
        """From now on its budget holds what it still will cost."""
        self.committed = max(self.costs({}) - self.actual, 0)

    def bill(self, number: str) -> int:
        """One invoice over all that waits for one; its net."""
        waiting = [(sku, one) for sku, some in self.unbilled().items() for one in some]
        net = sum(cents(sku, one.pieces) for sku, one in waiting)
        for _, one in waiting:
            one.invoice = number
        self.invoices.append((number, gross(net)))
        self.actual += gross(net)
        last = self.state == "delivered"
        self.committed -= self.committed if last else min(self.committed, gross(net))
        return net

    def unbill(self, at: int) -> str:
        """The number of the invoice that is taken back; what it took is held again."""
        number, taken = self.invoices.pop(at % len(self.invoices))
        for line in self.lines.values():
            for one in line.sent:
                one.invoice = "" if one.invoice == number else one.invoice
        self.actual -= taken
        self.committed += taken
        return number


# What is sensible where an order stands, as often as it stands here.
NEXT: Final[dict[str, tuple[str, ...]]] = {
    "in_approval": ("approve", "reject", "approve", "cancel", "approve"),
    "placed": ("change", "confirm", "wish", "confirm", "change", "cancel"),
    "confirmed": ("change", "deliver", "wish", "deliver", "change", "give up"),
    "partially_delivered": ("bill", "change", "deliver", "wish", "bill", "receive", "give up"),
    "delivered": ("bill", "bill", "bill", "receive"),
    "invoiced": ("receive and complete", "complete", "take an invoice back"),
    "completed": ("take an invoice back",),
    "rejected": ("approve",),
    "cancelled": ("confirm",),
}
WISHED: Final = ("answer", "answer", "refuse the wish", "deliver", "give up")
AGREED: Final = ("approve the change", "approve the change", "cancel", "deliver")
ACTS: Final = tuple(
    dict.fromkeys(
        (
            *(act for acts in NEXT.values() for act in acts),
            *WISHED,
            *AGREED,
            "approve as the orderer",
        )
    )
)


def sensible(one: Order) -> tuple[str, ...]:
    """What people would do with it now."""
    if one.wish:
        return AGREED if one.agreed else WISHED
    return NEXT[one.state]


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

    @property
    def funds_left(self) -> int:
        return BUDGET - sum(one.committed + one.actual for one in self.orders)

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
