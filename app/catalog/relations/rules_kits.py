"""Kits in a basket: quantities per article are the truth, a kit only says what belongs together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class KitContent:
    """What one kit holds: pieces by article number, in its order."""

    number: str
    title: str
    pieces: Mapping[str, int]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KitGroup:
    """Pieces of a basket that belong to `count` kits, and what these kits still lack."""

    kit: KitContent
    count: int
    pieces: Mapping[str, int]
    missing: Mapping[str, int]

    @property
    def missing_text(self) -> str:
        """What lacks, in German; empty where the kits are complete."""
        return ", ".join(
            f"{many} × {self.kit.names.get(sku, sku)}" for sku, many in self.missing.items()
        )

    def among(self, skus: Collection[str]) -> "KitGroup | None":
        """The part of the group that is made of these articles: one order of a basket."""
        held = {sku: many for sku, many in self.pieces.items() if sku in skus}
        return replace(self, pieces=held) if held else None


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


def placed(
    skus: Sequence[str], groups: Sequence[KitGroup]
) -> tuple[tuple[KitGroup | None, tuple[str, ...]], ...]:
    """Every article under the first kit that holds it; single ones come last, under None."""
    left = list(skus)
    found: list[tuple[KitGroup | None, tuple[str, ...]]] = []
    for group in groups:
        inside = tuple(sku for sku in left if sku in group.pieces)
        if inside:
            found.append((group, inside))
            left = [sku for sku in left if sku not in group.pieces]
    return (*found, (None, tuple(left))) if left else tuple(found)
