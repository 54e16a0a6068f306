"""Columns of an article that follow from its features: worked out once, at publication."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.catalog.rules_charge import charging_of
from app.catalog.rules_footprint import footprint_of


def said(content: Mapping[str, Any]) -> list[Sequence[str]]:
    """Features (name, value, unit) and a supplier's own extensions, which say the same by name."""
    own = [(name.replace("_", " "), text, "") for name, text in content.get("extensions", ())]
    return [*content.get("features", ()), *own]


def derived(features: Sequence[Sequence[str]], order_unit: str) -> dict[str, object]:
    """By column name; `features` are (name, value, unit)."""
    charging = charging_of(features, order_unit)
    return {
        "charge": charging.charge,
        "shortest_term": charging.shortest,
        "longest_term": charging.longest,
        "footprint_grams": footprint_of(features),
    }


def features_of(details: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Name and value with unit, in the order of the file."""
    return tuple(
        (name, f"{value} {unit}".strip()) for name, value, unit in details.get("features", ())
    )
