"""Shares of a ceiling: how full it is, and which alert a draw sets off. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from app.kernel.money import Money


class CeilingMove(StrEnum):
    """What moves a ceiling's two columns."""

    OPENING = "opening"
    RESERVE = "reserve"
    CALL_OFF = "call_off"
    RELEASE = "release"
    RETURN = "return"
    CORRECT = "correct"


class Bound(StrEnum):
    """Which ceiling it is: of the lot, over all lots, of one member, or of one article."""

    LOT = "lot"
    TOTAL = "total"
    QUOTA = "quota"
    ARTICLE = "article"


class Measure(StrEnum):
    """What is counted: net value in cents, or pieces."""

    VALUE = "value"
    QUANTITY = "quantity"


TOTAL_PERCENTS: Final = (50, 75, 90)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose ceiling: without a lot the total of the agreement, with a member a quota."""

    framework_id: int
    lot_id: int | None = None
    member_id: int | None = None

    @property
    def bound(self) -> Bound:
        if self.lot_id is None:
            return Bound.TOTAL
        return Bound.LOT if self.member_id is None else Bound.QUOTA

    @property
    def key(self) -> str:
        """`total:3`, `lot:7`, `quota:7:15`."""
        ids = {
            Bound.TOTAL: (self.framework_id,),
            Bound.LOT: (self.lot_id,),
            Bound.QUOTA: (self.lot_id, self.member_id),
        }
        return ":".join(map(str, (self.bound.value, *ids[self.bound])))


@dataclass(frozen=True, slots=True)
class Level:
    """How much is reserved or called off, in cents and pieces, and of how much."""

    value: int
    quantity: int
    maximum_value: int | None
    maximum_quantity: int | None

    @property
    def measured(self) -> tuple[tuple[Measure, int, int | None], ...]:
        return (
            (Measure.VALUE, self.value, self.maximum_value),
            (Measure.QUANTITY, self.quantity, self.maximum_quantity),
        )

    @property
    def percent(self) -> int:
        """Of the scarcer measure, whole percent rounded down; 0 without any ceiling."""
        return max(
            (_percent(used, most) for _, used, most in self.measured if most is not None), default=0
        )


class Held(Protocol):
    """A lot, or a member's quota of it."""

    @property
    def reserved_value(self) -> Money: ...
    @property
    def called_off_value(self) -> Money: ...
    @property
    def maximum_value(self) -> Money | None: ...
    @property
    def reserved_quantity(self) -> int: ...
    @property
    def called_off_quantity(self) -> int: ...
    @property
    def maximum_quantity(self) -> int | None: ...


def level_of(held: Held) -> Level:
    """How full a lot or a quota is."""
    most = held.maximum_value
    return Level(
        (held.reserved_value + held.called_off_value).cents,
        held.reserved_quantity + held.called_off_quantity,
        None if most is None else most.cents,
        held.maximum_quantity,
    )


@dataclass(frozen=True, slots=True)
class Crossing:
    """A draw has newly reached this share of a ceiling."""

    place: Place
    measure: Measure
    percent: int
    used: int
    maximum: int


def percents_of(text: str) -> tuple[int, ...]:
    """`50 75 90` → 50, 75, 90."""
    return tuple(sorted(int(word) for word in text.split()))


def reached(place: Place, percents: Iterable[int], level: Level) -> Iterator[Crossing]:
    """For each measure the highest share that is reached."""
    known = tuple(percents)
    for measure, used, most in level.measured:
        percent = max((one for one in known if most and used * 100 >= one * most), default=None)
        if percent is not None and most is not None:
            yield Crossing(place, measure, percent, used, most)


def crossed(
    place: Place, percents: Iterable[int], after: Level, value: int, quantity: int
) -> Iterator[Crossing]:
    """What a draw of `value` and `quantity`, which led to `after`, newly reached."""
    drawn = {Measure.VALUE: value, Measure.QUANTITY: quantity}
    for found in reached(place, percents, after):
        if (found.used - drawn[found.measure]) * 100 < found.percent * found.maximum:
            yield found


def _percent(used: int, maximum: int) -> int:
    return 100 if maximum <= 0 else used * 100 // maximum
