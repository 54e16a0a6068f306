"""What the lots give or get when lines of a placed order change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.frameworks.drawing.draw import Draw
from app.kernel.money import NOTHING
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


def reserved_draws(found: CallOff, change: CallOffChange) -> tuple[Draw, ...]:
    """What an open change holds: in each lot the growth that what shrinks there cannot pay for.

    Value and pieces by themselves, since a ceiling may bound either; single articles in full.
    """
    return beyond(growth_draws(found, change), shrinking_draws(found, change))


def returned_draws(found: CallOff, change: CallOffChange) -> tuple[Draw, ...]:
    """What goes back to each lot once the change is carried out, beyond what grows there."""
    return beyond(shrinking_draws(found, change), growth_draws(found, change))


def beyond(more: Sequence[Draw], less: Sequence[Draw]) -> tuple[Draw, ...]:
    """What `more` draws per lot above `less`; nowhere below nothing."""
    return tuple(
        Draw(
            one.lot_id,
            max(one.value, NOTHING),
            max(one.quantity, 0),
            one.member_id,
            tuple((sku, many) for sku, many in one.by_article if many > 0),
        )
        for one in difference(more, less)
        if one.value > NOTHING or one.quantity > 0 or any(many > 0 for _, many in one.by_article)
    )


def difference(wanted: Sequence[Draw], held: Sequence[Draw]) -> tuple[Draw, ...]:
    """What moves per lot when `wanted` takes the place of `held`; less is negative."""
    return tuple(
        replace(one, by_article=_summed(one.by_article))
        for one in per_lot((*wanted, *(_negative(one) for one in held)))
    )


def _summed(by_article: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    pieces: Counter[str] = Counter()
    for sku, many in by_article:
        pieces[sku] += many
    return tuple(pieces.items())


def _negative(one: Draw) -> Draw:
    by_article = tuple((sku, -many) for sku, many in one.by_article)
    return Draw(one.lot_id, -one.value, -one.quantity, one.member_id, by_article)


def _changed(found: CallOff, change: CallOffChange) -> list[tuple[CallOffLine, int]]:
    lines = {line.sku: line for line in lines_of(found, change)}
    return [(lines[item.sku], item.pieces) for item in change.items if item.sku]
