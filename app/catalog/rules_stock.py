"""What a supplier's stock figure says on a day, and when goods arrive: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.kernel.german import day as written_day
from app.kernel.german import number
from app.kernel.legal_day import BERLIN
from app.kernel.working_days import after_working_days


class StockState(StrEnum):
    """`UNKNOWN`: the figure is too old to be believed."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a promised day rests on."""

    STOCK = "stock"
    ARRIVAL = "arrival"
    LEAD_TIME = "lead_time"


@dataclass(frozen=True, slots=True)
class Stock:
    """A figure as seen `on` a day; `counts_until` is the last day on which it is believed.

    `next_on`: when the supplier expects more. `dispatch_days`: working days from its stock to the
    member, where it is quicker than the agreed delivery time.
    """

    quantity: int
    as_of: datetime
    counts_until: date
    on: date
    next_on: date | None = None
    dispatch_days: int | None = None
    supplier: str = ""

    @property
    def state(self) -> StockState:
        if self.on > self.counts_until:
            return StockState.UNKNOWN
        return StockState.IN if self.quantity else StockState.OUT

    def covers(self, quantity: int) -> bool:
        return self.state is StockState.IN and self.quantity >= quantity

    @property
    def awaited(self) -> date | None:
        """The next arrival, as long as it lies ahead."""
        return self.next_on if self.next_on is not None and self.next_on >= self.on else None

    @property
    def text(self) -> str:
        """`12 Stück beim Lieferanten`; an old figure is no figure."""
        words = {
            StockState.IN: f"{number(self.quantity)} Stück beim Lieferanten",
            StockState.OUT: "Derzeit nicht auf Lager",
            StockState.UNKNOWN: "Bestand unbekannt",
        }[self.state]
        if self.state is StockState.OUT and self.awaited is not None:
            words += f", nächster Zugang {written_day(self.awaited)}"
        return words

    @property
    def age(self) -> str:
        """`Stand heute 08:10`."""
        moment = self.as_of.astimezone(BERLIN)
        days = (self.on - moment.date()).days
        called = {0: "heute", 1: "gestern"}.get(days, written_day(moment.date()))
        last = "letzter " if self.state is StockState.UNKNOWN else ""
        return f"{last}Stand {called} {moment:%H:%M}"


@dataclass(frozen=True, slots=True)
class Promise:
    by: date
    basis: Basis


def best_of(figures: Iterable[Stock]) -> Stock | None:
    """Of several suppliers' figures the believed one with most pieces, else the latest."""
    return max(
        figures,
        key=lambda one: (one.state is not StockState.UNKNOWN, one.quantity, one.as_of),
        default=None,
    )


def promised_by(stock: Stock | None, quantity: int, agreed_days: int, on: date) -> Promise:
    """When `quantity` pieces ordered on `on` arrive: from stock, after the next arrival, or agreed.

    Stock never promises a later day than the agreement; an arrival that is awaited may.
    """
    agreed = after_working_days(on, agreed_days)
    if stock is None or stock.state is StockState.UNKNOWN:
        return Promise(agreed, Basis.LEAD_TIME)
    quick = agreed_days if stock.dispatch_days is None else min(stock.dispatch_days, agreed_days)
    if stock.covers(quantity):
        return Promise(after_working_days(on, quick), Basis.STOCK)
    if stock.awaited is not None:
        return Promise(max(agreed, after_working_days(stock.awaited, quick)), Basis.ARRIVAL)
    return Promise(agreed, Basis.LEAD_TIME)
