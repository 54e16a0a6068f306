"""Which features of an article people filter by, in one spelling whatever the file says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.kernel.german import fold

NUMBER: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([a-zäöü\"]*)", re.IGNORECASE)
YES: Final = frozenset({"ja", "yes", "true", "1"})
NO: Final = frozenset({"nein", "no", "false", "0"})
OF_THE_DATA: Final = frozenset({"datenquelle", "preisgrundlage"})
"""Features that tell where an article's facts come from: nobody looks for it by those words."""

TERA: Final = 1000
LONGEST_VALUE: Final = 60
SEVERAL: Final = re.compile(r"\s*[,;]\s*")

Feature = tuple[str, str, str]  # name, value, unit


@dataclass(frozen=True, slots=True)
class FeatureFacet:
    """A filter: its name in addresses, its title, and how files call the feature (folded)."""

    name: str
    title: str
    called: frozenset[str]
    unit: str = ""
    yes: str = ""
    no: str = ""


def _facet(
    name: str, title: str, called: str, unit: str = "", yes: str = "", no: str = ""
) -> FeatureFacet:
    return FeatureFacet(name, title, frozenset(called.split("|")), unit, yes, no)


FACETS: Final = (
    _facet("ram", "Arbeitsspeicher", "arbeitsspeicher|ram|ram gb|hauptspeicher", "GB"),
    _facet("ssd", "SSD-Speicher", "ssd-speicher|ssd|ssd gb|festplatte", "GB"),
    _facet(
        "display",
        "Bildschirmgröße",
        "bildschirmdiagonale|displaygroesse|diagonale|display zoll|zoll|bildschirmgroesse",
        "Zoll",
    ),
    _facet("resolution", "Auflösung", "aufloesung|aufloesungen"),
    _facet("panel", "Paneltyp", "paneltyp|panel"),
    _facet("paper", "Papierformat", "papierformat a3|a3", yes="A3", no="A4"),
    _facet("duplex", "Duplexdruck", "automatischer duplexdruck|duplex|duplexdruck", yes="ja"),
    _facet("colour", "Farbe", "farbe|farbdruck", yes="Farbe", no="Schwarzweiß"),
    _facet("wireless", "Kabellos", "kabellos|wireless", yes="kabellos", no="mit Kabel"),
    _facet("equipment", "Ausstattung", "ausstattung"),
    _facet("capacity", "Kapazität", "kapazitaet|capacity", "GB"),
)
BY_CALLED: Final = {called: facet for facet in FACETS for called in facet.called}
TITLES: Final = {facet.name: facet.title for facet in FACETS}


def facet_values(features: Iterable[Feature]) -> tuple[tuple[str, str], ...]:
    """Facet and value, each pair once: `("ram", "16 GB")`, `("paper", "A3")`."""
    found: dict[tuple[str, str], None] = {}
    for name, value, unit in features:
        facet = BY_CALLED.get(fold(name).replace("_", " ").strip())
        if facet is not None:
            found.update({(facet.name, said): None for said in _said(facet, value, unit)})
    return tuple(found)


def stored_sizes(number: str, unit: str) -> list[tuple[str, str]]:
    """`1` `tb` or `1000` `gb` as filters know it; nothing for sizes that are said in one way."""
    stored = _sized(number, unit, "GB") if unit in {"gb", "tb"} else ""
    return [(one.name, stored) for one in FACETS if one.unit == "GB"] if "TB" in stored else []


def size_of(value: str) -> tuple[float, str]:
    """By which values are ordered: numbers by size (1 TB after 512 GB), words after them."""
    number = NUMBER.match(value)
    if number is None:
        return (float("inf"), fold(value))
    size = float(number[1].replace(",", "."))
    return (size * TERA if number[2] == "TB" else size, fold(value))


def _said(facet: FeatureFacet, value: str, unit: str) -> list[str]:
    folded = fold(value).strip()
    if facet.yes or facet.no:
        said = facet.yes if folded in YES else facet.no if folded in NO else ""
        return [said] if said else []
    if facet.unit:
        number = NUMBER.match(value.strip())
        return [_sized(number[1], number[2] or unit, facet.unit)] if number else []
    return [one[:LONGEST_VALUE] for one in SEVERAL.split(value.strip()) if one]


def _sized(number: str, said_unit: str, unit: str) -> str:
    """`1000` or `1 TB` → `1 TB`; `15.6` → `15,6 Zoll`."""
    plain = number.replace(".", ",")
    if "," in plain:
        plain = plain.rstrip("0").rstrip(",")
    if unit != "GB" or "," in plain:
        return f"{plain} {unit}"
    if said_unit.upper() == "TB":
        return f"{plain} TB"
    whole = int(plain)
    return f"{whole // TERA} TB" if whole >= TERA and whole % TERA == 0 else f"{whole} GB"
