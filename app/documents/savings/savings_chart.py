"""The one chart of the council report: hours saved per month, drawn from the values."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Line, Rect, String
from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.documents.savings.savings_report import MonthRow, Reliability
from app.documents.sheet.letterhead import WIDTH
from app.documents.sheet.text import ACCENT, BOLD, INK, MUTED, REGULAR, RULE, WARNING
from app.kernel.german import number

# Drawings begin with Helvetica, a font that the file then does not carry.
STATE_DEFAULTS["fontName"] = REGULAR

HOUR: Final = 3600
LABEL: Final = 7
HEIGHT: Final = 58 * mm
BASE: Final = 9 * mm
TOP: Final = HEIGHT - 6 * mm
AXIS: Final = 12 * mm
STEPS: Final = 4
NICE: Final = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


def hours(seconds: int) -> str:
    """One decimal, half away from zero: `12,3`."""
    tenths = (abs(seconds) * 10 + HOUR // 2) // HOUR
    return number(Decimal(tenths if seconds >= 0 else -tenths) / 10, 1)


def savings_chart(months: Sequence[MonthRow], target: int) -> Any:
    """A column per month; a month without a reliable value is an empty frame, never a zero.

    `target` is the target of one month in seconds, drawn as a line; 0 = there is none.
    """
    drawing = Drawing(WIDTH, HEIGHT)
    known = [row.saved for row in months if row.saved is not None]
    step = _step(max([*known, target, HOUR]), min([*known, 0]))
    lowest = -_steps_below(min([*known, 0]), step)
    scale = (TOP - BASE) / ((STEPS - lowest) * step)
    zero = BASE - lowest * step * scale
    for mark in range(lowest, STEPS + 1):
        y = zero + mark * step * scale
        drawing.add(Line(AXIS, y, WIDTH, y, strokeColor=RULE, strokeWidth=0.4))
        drawing.add(_text(AXIS - 2 * mm, y - 2.5, number(mark * step // HOUR), 7, "end"))
    if target:
        y = zero + target * scale
        drawing.add(
            Line(AXIS, y, WIDTH, y, strokeColor=WARNING, strokeWidth=0.9, strokeDashArray=(4, 3))
        )
        told = f"Ziel {hours(target)} Stunden (gestrichelt)"
        drawing.add(_text(WIDTH, HEIGHT - LABEL, told, LABEL, "end", color=WARNING))
    room = (WIDTH - AXIS) / max(len(months), 1)
    for place, row in enumerate(months):
        _column(drawing, row, (AXIS + place * room, room), (zero, scale))
    drawing.add(Line(AXIS, zero, WIDTH, zero, strokeColor=INK, strokeWidth=0.7))
    drawing.add(_text(0, HEIGHT - 7, "Stunden", 7))
    return drawing


def _column(
    drawing: Any, row: MonthRow, place: tuple[float, float], scaling: tuple[float, float]
) -> None:
    left, room = place
    zero, scale = scaling
    middle = left + room / 2
    name = f"{row.month.month:02}/{row.month.year % 100:02}"
    drawing.add(_text(middle, BASE - 6 * mm, name, 7, "middle"))
    if row.saved is None:
        frame = Rect(left + room * 0.2, zero, room * 0.6, 5 * mm, fillColor=None)
        frame.strokeColor, frame.strokeDashArray = MUTED, (2, 2)
        drawing.add(frame)
        drawing.add(_text(middle, zero + 2 * mm, "k. A.", 6.5, "middle"))
        return
    height = row.saved * scale
    reliable = row.reliability is Reliability.RELIABLE
    bar = Rect(left + room * 0.2, min(zero, zero + height), room * 0.6, abs(height))
    bar.fillColor = ACCENT if reliable else None
    bar.strokeColor = ACCENT
    drawing.add(bar)
    above = zero + height + 2 if row.saved >= 0 else zero + height - 8
    written = hours(row.saved)
    width = stringWidth(written, BOLD, LABEL) + 2
    # a white ground, so that no line runs through the figure
    ground = Rect(middle - width / 2, above - 1, width, LABEL, strokeColor=None, fillColor=white)
    drawing.add(ground)
    drawing.add(_text(middle, above, written, LABEL, "middle", font=BOLD))


def _text(x: float, y: float, text: str, size: float, anchor: str = "start", **look: Any) -> Any:
    drawn = String(x, y, text)
    drawn.fontName, drawn.fontSize = look.get("font", REGULAR), size
    drawn.fillColor, drawn.textAnchor = look.get("color", INK), anchor
    return drawn


def _step(highest: int, lowest: int) -> int:
    """Seconds between two lines, a round number of hours that keeps all columns inside."""
    for nice in NICE:
        if nice * HOUR * STEPS >= max(highest * 21 // 20, -lowest):
            return nice * HOUR
    return int((Decimal(highest) / (HOUR * STEPS)).to_integral_value(ROUND_CEILING)) * HOUR


def _steps_below(lowest: int, step: int) -> int:
    return -(lowest // step)
