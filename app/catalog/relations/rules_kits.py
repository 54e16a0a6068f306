"""Kits in a basket: quantities per article are the truth, a kit only says what belongs together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KitContent:
    """What one kit holds: pieces by article number, in its order."""

    number: str
    title: str
    pieces: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KitGroup:
    """Pieces of a basket that belong to `count` kits, and what these kits still lack."""

    kit: KitContent
    count: int
    pieces: Mapping[str, int]
    missing: Mapping[str, int]

    @property
    def complete(self) -> bool:
        return not self.missing


def kit_groups(
    quantities: Mapping[str, int], kits: Iterable[tuple[KitContent, int]]
) -> tuple[KitGroup, ...]:
    """Share the pieces out to the kits in the order given; a kit without a piece is none."""
    left = dict(quantities)
    groups = []
    for kit, count in kits:
        held = {sku: min(left.get(sku, 0), many * count) for sku, many in kit.pieces.items()}
        held = {sku: many for sku, many in held.items() if many}
        if not held:
            continue
        for sku, many in held.items():
            left[sku] -= many
        lacking = {sku: many * count - held.get(sku, 0) for sku, many in kit.pieces.items()}
        missing = {sku: many for sku, many in lacking.items() if many}
        groups.append(KitGroup(kit, count, held, missing))
    return tuple(groups)
