"""Geometry of the one chart of the portal: columns on wide screens, rows on phones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

WIDTH, HEIGHT = 860, 280
LEFT, TOP, BOTTOM = 56, 24, 240
LABEL_GAP = 18
ROW_HEIGHT, ROW_LEFT, ROW_WIDTH, NARROW = 34, 76, 180, 330

Kind = Literal["over", "under", "none"]


@dataclass(frozen=True)
class Bar:
    """One value; without a reliable value it is drawn as an empty column."""

    label: str
    value: int
    text: str
    reliable: bool = True


@dataclass(frozen=True)
class Column:
    """A drawn column; `text_inside` keeps its figure off the target line."""

    bar: Bar
    kind: Kind
    x: int
    y: int
    width: int
    height: int
    text_y: int
    text_inside: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Row:
    """The same value as a horizontal bar."""

    bar: Bar
    kind: Kind
    y: int
    width: int


@dataclass(frozen=True)
class GridLine:
    """A horizontal line with its figure."""

    y: int
    text: str


@dataclass(frozen=True)
class BarChart:
    """Values in one integer unit; `scale` of them make one unit of the axis (10 = tenths)."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    target: int | None = None
    target_text: str = ""
    scale: int = 1

    @property
    def top(self) -> int:
        """Return the round value at the upper end of the axis."""
        highest = max((bar.value for bar in self.bars if bar.reliable), default=0)
        highest = max(highest, self.target or 0, 1)
        return -(-highest // self.step) * self.step

    @property
    def step(self) -> int:
        """Return the distance of two grid lines: round, and at most five of them."""
        highest = max([bar.value for bar in self.bars if bar.reliable] + [self.target or 0, 1])
        return next(step for step in _round_steps(self.scale) if step * 5 >= highest)

    @property
    def grid(self) -> list[GridLine]:
        """Return the lines from zero to the top."""
        values = range(0, self.top + 1, self.step)
        return [GridLine(self._y(value), str(value // self.scale)) for value in values]

    @property
    def target_y(self) -> int | None:
        """Return where the target line runs, `None` without a target."""
        return None if self.target is None else self._y(self.target)

    @property
    def columns(self) -> list[Column]:
        """Return the columns from left to right."""
        slot = (WIDTH - LEFT) // max(len(self.bars), 1)
        return [self._column(bar, LEFT + slot * n, slot) for n, bar in enumerate(self.bars)]

    @property
    def rows(self) -> list[Row]:
        """Return the horizontal bars from top to bottom."""
        return [
            Row(bar, self._kind(bar), ROW_HEIGHT * n, self._drawn(bar) * ROW_WIDTH // self.top)
            for n, bar in enumerate(self.bars)
        ]

    @property
    def row_target(self) -> int | None:
        """Return where the target line crosses the rows."""
        return None if self.target is None else ROW_LEFT + self.target * ROW_WIDTH // self.top

    @property
    def rows_height(self) -> int:
        return ROW_HEIGHT * max(len(self.bars), 1)

    def _column(self, bar: Bar, left: int, slot: int) -> Column:
        y = self._y(self._drawn(bar))
        near_line = self.target_y is not None and 0 <= y - self.target_y <= LABEL_GAP + 4
        inside = near_line and BOTTOM - y > 2 * LABEL_GAP
        text_y = y + LABEL_GAP if inside else y - 7
        width = slot * 3 // 5
        x = left + (slot - width) // 2
        return Column(bar, self._kind(bar), x, y, width, BOTTOM - y, text_y, inside)

    def _kind(self, bar: Bar) -> Kind:
        if not bar.reliable:
            return "none"
        return "over" if self.target is None or bar.value >= self.target else "under"

    @staticmethod
    def _drawn(bar: Bar) -> int:
        return max(bar.value, 0) if bar.reliable else 0

    def _y(self, value: int) -> int:
        return BOTTOM - value * (BOTTOM - TOP) // self.top


def _round_steps(scale: int) -> Iterator[int]:
    power = scale
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10
