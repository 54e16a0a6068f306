"""Which of several suppliers gets a call-off: the published rule, with its reason in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.kernel.german import euro
from app.kernel.money import NOTHING, Money


class CallOffMode(StrEnum):
    """How the agreement fixes who delivers, § 21 Abs. 3 to 5 VgV."""

    DIRECT = "direct"
    CASCADE = "cascade"
    ROTATION = "rotation"
    MINI_COMPETITION = "mini_competition"


class AwardEvent(StrEnum):
    """What happened between a call-off and a supplier."""

    CHOSEN = "chosen"
    DECLINED = "declined"
    EXPIRED = "expired"
    RETURNED = "returned"


MODE_WORDS: Final = {
    CallOffMode.DIRECT: "Direktabruf bei einem Auftragnehmer",
    CallOffMode.CASCADE: "Kaskade nach Rang",
    CallOffMode.ROTATION: "Rotation nach Anteil",
    CallOffMode.MINI_COMPETITION: "Erneuter Wettbewerb je Abruf",
}
MODE_BASIS: Final = {
    CallOffMode.DIRECT: "§ 21 Abs. 3 VgV",
    CallOffMode.CASCADE: "§ 21 Abs. 4 Nr. 1 VgV",
    CallOffMode.ROTATION: "§ 21 Abs. 4 Nr. 1 VgV",
    CallOffMode.MINI_COMPETITION: "§ 21 Abs. 4 Nr. 3, Abs. 5 VgV",
}
EVENT_WORDS: Final = {
    AwardEvent.CHOSEN: "ausgewählt",
    AwardEvent.DECLINED: "abgelehnt",
    AwardEvent.EXPIRED: "nicht fristgerecht geantwortet",
    AwardEvent.RETURNED: "Abruf storniert",
}
NO_MINI_COMPETITION: Final = (
    "Dieser Rahmenvertrag verlangt für jeden Abruf einen erneuten Wettbewerb der Auftragnehmer "
    "(§ 21 Abs. 4 Nr. 3, Abs. 5 VgV). Das Portal führt keinen Wettbewerb durch; ein Abruf ohne "
    "ihn wäre vergaberechtswidrig."
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A supplier of the lot; `given` is what he was given so far, net."""

    id: int
    name: str
    rank: int
    share: int = 1
    given: Money = NOTHING
    valid_from: date | None = None
    valid_to: date | None = None

    def stands_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Choice:
    """The supplier and why he, as memo and order print it."""

    supplier: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class NoSupplier:
    """Nobody may be given the call-off; `reason` says why and what can be done."""

    code: str
    reason: str


def choose_supplier(
    mode: CallOffMode,
    candidates: Collection[Candidate],
    day: date,
    passed_over: Collection[int] = (),
) -> Choice | NoSupplier:
    """`passed_over` are the ids of those that declined or let the time pass for this call-off."""
    if mode is CallOffMode.MINI_COMPETITION:
        return NoSupplier("mini_competition", NO_MINI_COMPETITION)
    standing = [one for one in candidates if one.stands_on(day) and one.id not in passed_over]
    if not standing:
        return NoSupplier(
            "no_supplier",
            "Kein weiterer Auftragnehmer dieses Loses steht bereit. Der Abruf kann nur storniert "
            "werden; der Bedarf ist neu zu vergeben.",
        )
    if mode is CallOffMode.ROTATION:
        return _least_served(standing)
    return _first_by_rank(mode, standing, [one for one in candidates if one.id in passed_over])


def _first_by_rank(mode: CallOffMode, standing: list[Candidate], before: list[Candidate]) -> Choice:
    first = min(standing, key=lambda one: (one.rank, one.id))
    if mode is CallOffMode.DIRECT:
        return Choice(
            first, f"Einziger Auftragnehmer des Loses, kein erneuter Wettbewerb ({_basis(mode)})."
        )
    if not before:
        reason = f"Rang {first.rank} der Kaskade ({_basis(mode)})."
    else:
        names = ", ".join(f"Rang {one.rank} {one.name}" for one in sorted(before, key=_rank))
        reason = f"Rang {first.rank} der Kaskade, nachdem {names} ausschied ({_basis(mode)})."
    return Choice(first, reason)


def _least_served(standing: list[Candidate]) -> Choice:
    """Who is furthest behind his share; among equals the better rank."""
    first = min(standing, key=lambda one: (Fraction(one.given.cents, one.share), one.rank, one.id))
    parts = sum(one.share for one in standing)
    return Choice(
        first,
        f"Rotation: Anteil {first.share} von {parts}, bisher {euro(first.given)} und damit am "
        f"weitesten hinter dem Anteil ({_basis(CallOffMode.ROTATION)}).",
    )


def _rank(one: Candidate) -> int:
    return one.rank


def _basis(mode: CallOffMode) -> str:
    return MODE_BASIS[mode]
