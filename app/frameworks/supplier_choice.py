"""Which of several suppliers gets a call-off: the published rule, with its reason in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
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


NOTHING_LACKING: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType({})
NOBODY_LEFT: Final = (
    "Kein weiterer Auftragnehmer dieses Loses steht bereit. Der Abruf kann nur storniert "
    "werden; der Bedarf ist neu zu vergeben."
)
NOBODY_STANDS: Final = (
    "Für dieses Los steht heute kein Auftragnehmer bereit. Fragen beantwortet die "
    "Vertragsbetreuung."
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A supplier of the lot; `given` is what he was given so far, net.

    `replaced` are the ids of those in whose place he stands, the last one first.
    """

    id: int
    name: str
    rank: int
    share: int = 1
    given: Money = NOTHING
    valid_from: date | None = None
    valid_to: date | None = None
    replaced: tuple[int, ...] = ()

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
    lacking: Mapping[int, tuple[str, ...]] = NOTHING_LACKING,
) -> Choice | NoSupplier:
    """Who delivers all of the call-off's part of a lot, in the order that was published.

    `passed_over` are the ids of those that declined or let the time pass for this call-off,
    `lacking` the wanted article numbers that a supplier has no price for.
    """
    if mode is CallOffMode.MINI_COMPETITION:
        return NoSupplier("mini_competition", NO_MINI_COMPETITION)
    standing = [one for one in candidates if one.stands_on(day) and one.id not in passed_over]
    able = [one for one in standing if not lacking.get(one.id)]
    if not able:
        nobody = NOBODY_LEFT if passed_over else NOBODY_STANDS
        reason = _nobody_has_all(standing, lacking) if standing else nobody
        return NoSupplier("no_supplier", reason)
    if mode is CallOffMode.ROTATION:
        return _least_served(able)
    return _first_by_rank(mode, able, _out(candidates, standing, passed_over, lacking))


def in_turn(
    mode: CallOffMode, candidates: Collection[Candidate], day: date
) -> tuple[Candidate, ...]:
    """Those that stand, in the order in which a call-off of this day would be offered to them."""
    first = _served if mode is CallOffMode.ROTATION else _ranked
    return tuple(sorted((one for one in candidates if one.stands_on(day)), key=first))


def _ranked(one: Candidate) -> tuple[int, int]:
    return one.rank, one.id


def _served(one: Candidate) -> tuple[Fraction, int, int]:
    """Furthest behind the share first; among equals the better rank."""
    return Fraction(one.given.cents, one.share), one.rank, one.id


def _out(
    candidates: Collection[Candidate],
    standing: list[Candidate],
    passed_over: Collection[int],
    lacking: Mapping[int, tuple[str, ...]],
) -> list[tuple[Candidate, str]]:
    """Who was left out, and why."""
    passed = [
        (one, f"nachdem Rang {one.rank} {one.name} ausschied")
        for one in candidates
        if one.id in passed_over
    ]
    without = [
        (one, f"da Rang {one.rank} {one.name} {_numbers(lacking[one.id])} nicht führt")
        for one in standing
        if lacking.get(one.id)
    ]
    return sorted([*passed, *without], key=lambda out: (out[0].rank, out[0].id))


def _nobody_has_all(standing: list[Candidate], lacking: Mapping[int, tuple[str, ...]]) -> str:
    said = "; ".join(f"{one.name} führt {_numbers(lacking[one.id])} nicht" for one in standing)
    return (
        f"Kein Auftragnehmer dieses Loses liefert alle gewählten Artikel: {said}. "
        "Bitte rufen Sie diese Artikel einzeln ab."
    )


def _numbers(skus: tuple[str, ...]) -> str:
    return ", ".join(skus)


def _first_by_rank(
    mode: CallOffMode, able: list[Candidate], out: list[tuple[Candidate, str]]
) -> Choice:
    first = min(able, key=_ranked)
    if mode is CallOffMode.DIRECT:
        return Choice(
            first, f"Einziger Auftragnehmer des Loses, kein erneuter Wettbewerb ({_basis(mode)})."
        )
    before = [why for one, why in out if _ranked(one) < _ranked(first)]
    rank = ", ".join([f"Rang {first.rank} der Kaskade", *before])
    return Choice(first, f"{rank} ({_basis(mode)}).")


def _least_served(standing: list[Candidate]) -> Choice:
    first = min(standing, key=_served)
    parts = sum(one.share for one in standing)
    return Choice(
        first,
        f"Rotation: Anteil {first.share} von {parts}, bisher {euro(first.given)} und damit am "
        f"weitesten hinter dem Anteil ({_basis(CallOffMode.ROTATION)}).",
    )


def _basis(mode: CallOffMode) -> str:
    return MODE_BASIS[mode]
