"""Splitting a line by place, day and account: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Final

from app.kernel.german import day
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

MOST_SHARES: Final = 200
EARLIEST_YEAR: Final = 2000
LATEST_YEAR: Final = 2100

_CODED: Final = attrgetter(
    "product_account",
    "cost_centre",
    "investment_number",
    "budget_year",
    "funding_source",
    "earmarked_until",
)


@dataclass(frozen=True, slots=True)
class Coding:
    """What is charged; in a share, what is empty is as in the order."""

    product_account: str = ""
    cost_centre: str = ""
    investment_number: str = ""
    budget_year: int | None = None
    funding_source: str = ""
    earmarked_until: date | None = None

    @classmethod
    def of(cls, order: object) -> "Coding":
        """What an order says itself, wanted or stored: its fields bear the same names."""
        return cls(*_CODED(order))

    def over(self, order: "Coding") -> "Coding":
        """With the order's coding where nothing of its own is said."""
        return Coding(
            self.product_account or order.product_account,
            self.cost_centre or order.cost_centre,
            self.investment_number or order.investment_number,
            self.budget_year or order.budget_year,
            self.funding_source or order.funding_source,
            self.earmarked_until or order.earmarked_until,
        )

    @property
    def text(self) -> str:
        """`Haushaltsjahr 2027, Konto 1.2.3, …`; empty where nothing of its own is said."""
        parts = (
            f"Haushaltsjahr {self.budget_year}" if self.budget_year else "",
            f"Konto {self.product_account}" if self.product_account else "",
            f"Kostenstelle {self.cost_centre}" if self.cost_centre else "",
            f"Investition {self.investment_number}" if self.investment_number else "",
            f"Förderung {self.funding_source}" if self.funding_source else "",
            f"Zweckbindung bis {day(self.earmarked_until)}" if self.earmarked_until else "",
        )
        return ", ".join(part for part in parts if part)


AS_ORDERED: Final = Coding()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a share goes; without a street to the order's address."""

    recipient: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    building: str = ""
    room: str = ""

    @property
    def text(self) -> str:
        town = f"{self.postal_code} {self.city}".strip()
        parts = (self.recipient, self.street, town, self.building, self.room)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Share:
    """So many pieces of an article for a place, by a day, on an account."""

    sku: str
    quantity: int
    place: Place = field(default_factory=Place)
    wanted_on: date | None = None
    coding: Coding = AS_ORDERED

    @property
    def text(self) -> str:
        """`3 × Grundschule, Raum 12, bis 15.01.2027; Konto 1.2.3`."""
        until = f"bis {day(self.wanted_on)}" if self.wanted_on else ""
        where = ", ".join(part for part in (self.place.text, until) if part)
        said = "; ".join(part for part in (where, self.coding.text) if part)
        return f"{self.quantity} × {said or 'wie der Abruf'}"


@dataclass(frozen=True, slots=True)
class CodedLine:
    """What is charged for one line, before it is split."""

    sku: str
    quantity: int
    unit_price: UnitPrice
    net: Money


def sum_faults(quantities: Mapping[str, int], shares: Iterable[Share]) -> dict[str, str]:
    """A German sentence per article whose shares are not all of it."""
    sums: dict[str, int] = {}
    for share in shares:
        sums[share.sku] = sums.get(share.sku, 0) + share.quantity
    return {
        sku: f"Die Teile ergeben {many}, bestellt sind {quantities[sku]}."
        if sku in quantities
        else f"„{sku}“ ist aufgeteilt, aber nicht bestellt."
        for sku, many in sums.items()
        if quantities.get(sku) != many
    }


def coded_amounts(
    lines: Sequence[CodedLine], shares: Sequence[Share], order: Coding
) -> dict[Coding, Money]:
    """What each account is charged net; the amounts add up to the order's net to the cent."""
    amounts: dict[Coding, Money] = {}
    for line in lines:
        left = line.net
        own = [share for share in shares if share.sku == line.sku]
        for share in own[:-1]:
            part = min(line.unit_price.times(share.quantity), left)
            left = left - part
            _charge(amounts, share.coding.over(order), part)
        last = own[-1].coding.over(order) if own else order
        _charge(amounts, last, left)  # the last takes what rounding left
    return amounts


def split_in_two(sku: str, quantity: int) -> tuple[Share, ...]:
    """A start for somebody who splits a line: two halves, or the one piece."""
    half = (quantity + 1) // 2
    parts = (half, quantity - half) if quantity > 1 else (1,)
    return tuple(Share(sku, part) for part in parts)


def one_more(shares: Sequence[Share], sku: str, quantity: int) -> tuple[Share, ...]:
    """A further share of what is left, or of one piece that the largest gives."""
    own = [share for share in shares if share.sku == sku]
    if not own:
        return (*shares, *split_in_two(sku, quantity))
    left = quantity - sum(share.quantity for share in own)
    if left > 0:
        return (*shares, Share(sku, left))
    largest = max(own, key=lambda share: share.quantity)
    if largest.quantity == 1:
        return tuple(shares)
    less = replace(largest, quantity=largest.quantity - 1)
    return (*(less if share is largest else share for share in shares), Share(sku, 1))


def _charge(amounts: dict[Coding, Money], coding: Coding, part: Money) -> None:
    amounts[coding] = amounts.get(coding, Money(0)) + part
