"""What follows from the features of an entry; many articles of a file share them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from app.catalog.relations.rules_models import ModelRow, fitting
from app.catalog.relations.rules_variants import family_of
from app.catalog.rules_charge import Charge
from app.catalog.rules_derived import derived, said
from app.catalog.rules_labels import Claim, claims_in

DERIVED: Final = ("charge", "shortest_term", "longest_term", "footprint_grams")
Pairs = tuple[tuple[str, ...], ...]


class Told(NamedTuple):
    """`derived` as DERIVED; `fits` are the device models that are named, `family` may be empty."""

    charge: Charge
    derived: tuple[Any, ...]
    claims: tuple[Claim, ...]
    family: str
    fits: tuple[ModelRow, ...]


def told_by(
    features: Sequence[Sequence[str]], extensions: Sequence[Sequence[str]], order_unit: str
) -> Told:
    """`features` are (name, value, unit), a supplier's own `extensions` (name, text)."""
    return _told(tuple(map(tuple, features)), tuple(map(tuple, extensions)), order_unit)


@lru_cache(maxsize=4096)
def _told(features: Pairs, extensions: Pairs, order_unit: str) -> Told:
    whole = said({"features": features, "extensions": extensions})
    columns = derived(whole, order_unit)
    return Told(
        cast("Charge", columns["charge"]),
        tuple(columns[name] for name in DERIVED),
        claims_in(whole),
        family_of(features),
        fitting(features),
    )
