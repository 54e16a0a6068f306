"""The product carbon footprint that a catalog states, in whole grams of CO2 equivalents."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from app.kernel.german import fold, number

GRAMS: Final = {"g": 1, "kg": 1000, "t": 1_000_000}
HEAVIEST: Final = 100_000_000  # grams; above it is a slipped unit
GROUPED: Final = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")


def footprint_of(features: Iterable[Sequence[str]]) -> int | None:
    """Grams over the whole life of one piece, from the first feature that states it."""
    for name, value, unit in features:
        if _is_footprint(name):
            grams = _grams(value, unit)
            if grams is not None:
                return grams
    return None


def footprint_text(grams: int) -> str:
    """`249 kg CO₂e`, below ten kilograms with one decimal."""
    kilograms = Decimal(grams) / 1000
    return f"{number(kilograms, 1 if grams < GRAMS['kg'] * 10 else 0)} kg CO₂e"


@lru_cache(maxsize=4096)
def _is_footprint(name: str) -> bool:
    folded = fold(name)
    if folded.startswith("davon") or "anteil" in folded:
        return False
    whole = "fussabdruck" in folded or "footprint" in folded
    return folded in {"pcf", "gwp"} or (whole and ("co2" in folded or "carbon" in folded))


def _grams(value: str, unit: str) -> int | None:
    written, _, rest = value.strip().partition(" ")
    measure = fold(f"{rest} {unit}").split()
    factor = next((GRAMS[word] for word in measure if word in GRAMS), GRAMS["kg"])
    if GROUPED.fullmatch(written):
        written = written.replace(".", "")
    try:
        grams = int(Decimal(written.replace(",", ".")) * factor)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return grams if 0 < grams <= HEAVIEST else None
