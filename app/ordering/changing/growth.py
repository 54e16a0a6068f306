"""What the lots give or get when lines of a placed order change."""

from app.frameworks.drawing.draw import Draw
from app.ordering.act import per_lot
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.records import CallOffChange
from app.ordering.records import CallOff, CallOffLine


def growth_draws(found: CallOff, change: CallOffChange) -> tuple[Draw, ...]:
    """What the growing lines take besides, per lot: as wished, after the answer as answered."""
    return per_lot(
        line.draw(pieces - line.kept, pieces)
        for line, pieces in _changed(found, change)
        if pieces > line.kept
    )


def shrinking_draws(found: CallOff, change: CallOffChange) -> tuple[Draw, ...]:
    """What the shrinking lines give back, per lot."""
    return per_lot(
        line.draw(line.kept - pieces, line.kept)
        for line, pieces in _changed(found, change)
        if pieces < line.kept
    )


def _changed(found: CallOff, change: CallOffChange) -> list[tuple[CallOffLine, int]]:
    lines = {line.sku: line for line in lines_of(found, change)}
    return [(lines[item.sku], item.pieces) for item in change.items if item.sku]
