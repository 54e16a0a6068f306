"""One family of articles, told apart by a few features: what a chooser offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

FAMILY: Final = "artikelfamilie"
MOST_AXES: Final = 5
LONGEST_CHOICE: Final = 60


@dataclass(frozen=True, slots=True)
class Variant:
    """An article of a family with its features by name."""

    sku: str
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of an axis: which variant it leads to, and whether the other values stay as now."""

    value: str
    sku: str
    current: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """A feature in which the variants differ, with every value that exists."""

    name: str
    choices: tuple[Choice, ...]


def family_of(features: Sequence[Sequence[str]]) -> str:
    """What the catalog calls the family, in its feature of that name; empty where it is silent."""
    for feature in features:
        if _is_family(feature[0]):
            return feature[1][:80]
    return ""


@lru_cache(maxsize=4096)
def _is_family(name: str) -> bool:
    return name.casefold() == FAMILY


def axes(current: Variant, family: Sequence[Variant]) -> tuple[Axis, ...]:
    """The differing features of a family, `current` among it, in the order of the file.

    Each value leads to the variant that has it and keeps most of the other features as they are.
    """
    names = list(dict.fromkeys(name for variant in family for name in variant.features))
    differing = [name for name in names if _tells_apart(name, family)][:MOST_AXES]
    return tuple(Axis(name, _choices(name, differing, current, family)) for name in differing)


def _tells_apart(name: str, family: Sequence[Variant]) -> bool:
    values = {variant.features.get(name, "") for variant in family}
    fits = all(value and len(value) <= LONGEST_CHOICE for value in values)
    return fits and len(values) > 1 and name.casefold() != FAMILY


def _choices(
    name: str, differing: Sequence[str], current: Variant, family: Sequence[Variant]
) -> tuple[Choice, ...]:
    others = [other for other in differing if other != name]
    found = []
    for value in sorted({variant.features[name] for variant in family}, key=_by_size):
        having = [variant for variant in family if variant.features[name] == value]
        best = max(having, key=lambda one: (one.sku == current.sku, _alike(one, current, others)))
        exact = _alike(best, current, others) == len(others)
        is_current = current.features.get(name) == value
        found.append(Choice(value, best.sku, is_current, exact))
    return tuple(found)


def _alike(one: Variant, other: Variant, names: Sequence[str]) -> int:
    return sum(one.features.get(name) == other.features.get(name) for name in names)


def _by_size(value: str) -> tuple[int, str]:
    """`8 GB` before `16 GB`, `512 GB` before `1 TB`; words by the alphabet."""
    head = value.split(maxsplit=1)[0]
    number = int(head) if head.isascii() and head.isdecimal() else 0
    return (number * 1024 if " TB" in value else number), value
