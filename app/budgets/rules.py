"""Budgets in words and cents: limits, accounts, and what an order costs of each: pure.

All amounts are gross: a municipality that deducts no input tax pays the VAT out of its budget.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.kernel.german import euro
from app.kernel.money import Money

EARLIEST_YEAR: Final = 2000
LATEST_YEAR: Final = 2100
LONGEST_ACCOUNT: Final = 60
LONGEST_NAME: Final = 120
LONGEST_REASON: Final = 500
SCARCE_PERCENT: Final = 90
WHOLE: Final = 100
CODE: Final = "budget_exceeded"


class Limit(StrEnum):
    """What happens when an order takes more than is left."""

    SOFT = "soft"
    HARD = "hard"


LIMIT_WORDS: Final = {Limit.SOFT: "weich", Limit.HARD: "hart"}
LIMIT_MEANS: Final = {
    Limit.SOFT: "Ein Abruf darüber hinaus ist möglich; alle Beteiligten sehen den Hinweis.",
    Limit.HARD: "Ein Abruf darüber hinaus wird abgelehnt; die Ablehnung bleibt aktenkundig.",
}


class Booking(StrEnum):
    """What changes a budget."""

    OPEN = "open"
    CHANGE = "change"
    COMMIT = "commit"
    ADJUST = "adjust"
    RELEASE = "release"
    INVOICE = "invoice"
    CANCEL_INVOICE = "cancel_invoice"


BOOKING_WORDS: Final = {
    Booking.OPEN: "angelegt",
    Booking.CHANGE: "geändert",
    Booking.COMMIT: "gebunden",
    Booking.ADJUST: "Bindung angepasst",
    Booking.RELEASE: "freigegeben",
    Booking.INVOICE: "abgerechnet",
    Booking.CANCEL_INVOICE: "Rechnung storniert",
}


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """A product account in a budget year."""

    year: int
    number: str

    @property
    def text(self) -> str:
        return f"{self.number} ({self.year})"


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget: what was planned, what orders hold, what invoices took."""

    amount: Money
    committed: Money
    actual: Money

    @property
    def used(self) -> Money:
        return self.committed + self.actual

    @property
    def remaining(self) -> Money:
        """Below zero where a soft limit was passed."""
        return self.amount - self.used

    @property
    def used_percent(self) -> int:
        """Whole percent, rounded down; a budget of nothing is used up."""
        if not self.amount:
            return WHOLE
        return self.used.cents * WHOLE // self.amount.cents

    @property
    def is_scarce(self) -> bool:
        return self.used_percent >= SCARCE_PERCENT


@dataclass(frozen=True, slots=True)
class Charge:
    """What one order takes from one budget, and how that stands afterwards."""

    budget_id: int
    account: Account
    amount: Money
    limit: Limit
    after: Standing

    @property
    def exceeded(self) -> bool:
        return self.after.remaining < Money(0)

    @property
    def text(self) -> str:
        """`Konto 1.2.3 (2026): 948,00 € gebunden, danach 52,00 € frei.`"""
        left = self.after.remaining
        rest = (
            f"danach {euro(-left)} über dem Ansatz"
            if self.exceeded
            else f"danach {euro(left)} frei"
        )
        return f"Konto {self.account.text}: {euro(self.amount)} brutto, {rest}."


@dataclass(frozen=True, slots=True)
class NoFunds:
    """A hard limit has no room; nothing was taken from any budget."""

    account: Account
    wanted: Money
    remaining: Money
    code: str = CODE

    @property
    def text(self) -> str:
        """Why, how much is there, and what to do."""
        return (
            f"Das Budget reicht nicht: Auf Konto {self.account.number} sind im Haushaltsjahr "
            f"{self.account.year} noch {euro(_not_below_zero(self.remaining))} frei, nötig sind "
            f"{euro(self.wanted)} brutto. Wählen Sie ein anderes Konto oder eine kleinere Menge, "
            "oder bitten Sie Ihre Mitgliedsverwaltung, das Budget zu erhöhen."
        )


def shared_out(total: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """`total` in parts like `weights`, to the cent: each part is what its running sum gains."""
    whole = sum(weights)
    if not whole:
        return tuple(Money(0) for _ in weights)
    parts, before, run = [], 0, 0
    for weight in weights:
        run += weight
        upto = (total.cents * run * 2 + whole) // (whole * 2)  # half up
        parts.append(Money(upto - before))
        before = upto
    return tuple(parts)


def gross_of(nets: Mapping[Account, Money], gross: Money) -> dict[Account, Money]:
    """The order's gross by account: the tax follows the net, and the sum is exact."""
    accounts = sorted(nets)
    parts = shared_out(gross, [nets[one].cents for one in accounts])
    return dict(zip(accounts, parts, strict=True))


def warnings(charges: Iterable[Charge]) -> tuple[str, ...]:
    """A sentence for each soft limit that is passed."""
    return tuple(
        f"Der Ansatz von {euro(one.after.amount)} auf Konto {one.account.text} ist um "
        f"{euro(-one.after.remaining)} überschritten (weiche Grenze)."
        for one in charges
        if one.exceeded
    )


def _not_below_zero(amount: Money) -> Money:
    return max(amount, Money(0))
