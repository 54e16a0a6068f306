"""Counting what was found by facet: from groups of equal articles to entries with a count."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.finding.features import TITLES as FEATURES
from app.catalog.finding.features import size_of
from app.catalog.finding.price_bands import BANDS, days_key
from app.catalog.finding.price_bands import DAYS as DAYS_IN_WORDS
from app.catalog.finding.records import FacetProfile
from app.catalog.finding.search import FacetEntry, Facets
from app.catalog.finding.shelves import Shelves
from app.catalog.rules_charge import Charge
from app.catalog.rules_labels import Label
from app.kernel.german import fold

MOST_ENTRIES: Final = 100
PROFILES, LOTS, PRICES, DAYS, STOCKED, LABELS = range(6)  # the kinds of rows that are counted
IN_STOCK: Final = "ja"
MOST_PROFILES: Final = 50_000
FIXED: Final = (
    "category",
    "manufacturer",
    "framework",
    "lot",
    "price",
    "charge",
    "delivery",
    "stock",
    "label",
)
NAMES: Final = (*FIXED, *FEATURES)
"""Every facet that an address may name, in the order in which pages show them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the found articles share a profile, a lot, a price band, a delivery time.

    `days` is by (days, None), or by (None, lot) where the agreement's usual time counts.
    """

    profiles: dict[int, int]
    lots: dict[int, int]
    bands: dict[int, int]
    days: dict[tuple[int | None, int | None], int]
    labels: dict[Label, int]
    stocked: dict[int, int]
    folded: int = 0

    def take(self, kind: int, key: int | None, lot_id: int | None, many: int) -> None:
        """One row of the index's answer; labels come by their place in `Label`."""
        if kind == DAYS:
            self.days[key, lot_id] = many
        elif kind == LABELS and key is not None:
            self.labels[tuple(Label)[key]] = many
        elif key is not None:
            (self.profiles, self.lots, self.bands, {}, self.stocked)[kind][key] = many


Values = tuple[tuple[str, str], ...]  # facet and value


class _Profiles:
    """Contents by id; they never change, so they are read once per process."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Values] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, wanted: Collection[int]) -> dict[int, Values]:
        with self._lock:
            found = {one: self._known[one] for one in wanted if one in self._known}
        missing = [one for one in wanted if one not in found]
        if missing:
            read = _read(session, missing)
            found |= read
            with self._lock:
                self._known |= read
                while len(self._known) > MOST_PROFILES:
                    self._known.popitem(last=False)
        return found


CONTENTS: Final = _Profiles()
AT_ONCE: Final = 5000


def _read(session: Session, wanted: list[int]) -> dict[int, Values]:
    found: dict[int, Values] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = session.execute(
            select(FacetProfile.id, FacetProfile.content).where(
                FacetProfile.id.in_(wanted[start : start + AT_ONCE])
            )
        )
        found.update((key, _values(content)) for key, content in rows)
    return found


def _values(content: dict[str, Any]) -> Values:
    pairs = [(name, str(content[name])) for name in ("category", "manufacturer")]
    pairs += [(str(name), str(value)) for name, value in content["features"]]
    return tuple(pair for pair in pairs if pair[1])


def count_facets(
    session: Session, counted: Counted, shelves: Shelves, names: Collection[str]
) -> Facets:
    """Entries of the facets `names`; the most frequent hundred of each, in a readable order."""
    counts = _by_value(session, counted, shelves)
    words = _Words(shelves)
    by_name: dict[str, list[FacetEntry]] = {name: [] for name in names}
    for (name, key), many in counts.items():
        if name in by_name:
            by_name[name].append(FacetEntry(key, words.text(name, key), many))
    return {name: _entries(entries, words.order(name)) for name, entries in by_name.items()}


def _by_value(session: Session, counted: Counted, shelves: Shelves) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for lot_id, many in counted.lots.items():
        shelf = shelves.by_lot[lot_id]
        counts["framework", shelf.framework] += many
        counts["lot", shelf.key] += many
    for (days, usual), many in counted.days.items():
        counts["delivery", days_key(_working_days(shelves, days, usual))] += many
    counts.update({("price", BANDS[band].key): many for band, many in counted.bands.items()})
    if counted.stocked:
        counts["stock", IN_STOCK] = sum(counted.stocked.values())
    counts.update({("label", label.value): many for label, many in counted.labels.items()})
    profiles = CONTENTS.of(session, counted.profiles)
    for profile_id, many in counted.profiles.items():
        for pair in profiles.get(profile_id, ()):
            counts[pair] += many
    return counts


def _working_days(shelves: Shelves, days: int | None, usual: int | None) -> int:
    """`usual` names the lot whose agreement says how long it takes."""
    return shelves.by_lot[usual].delivery_days if usual is not None else days or 0


class _Words:
    """Keys in words, and the order of a facet's entries; other facets' keys are words."""

    def __init__(self, shelves: Shelves) -> None:
        lots = shelves.by_lot.values()
        self._texts: dict[str, dict[str, str]] = {
            "category": shelves.categories,
            "framework": {one.framework: one.framework_title for one in lots},
            "lot": {one.key: f"{one.framework} Los {one.lot}: {one.lot_title}" for one in lots},
            "price": {band.key: band.text for band in BANDS},
            "delivery": dict(DAYS_IN_WORDS),
            "label": {label.value: label.german for label in Label},
            "stock": {IN_STOCK: "auf Lager"},
            "charge": {charge.value: charge.german for charge in Charge},
        }

    def text(self, facet: str, key: str) -> str:
        return self._texts.get(facet, {}).get(key, key)

    def order(self, facet: str) -> Callable[[FacetEntry], Any]:
        if facet in {"price", "delivery"}:
            steps = list(self._texts[facet])
            return lambda entry: steps.index(entry.key)
        if facet in FEATURES:
            return lambda entry: size_of(entry.key)
        return lambda entry: (fold(entry.text), entry.key)


def _entries(
    entries: list[FacetEntry], order: Callable[[FacetEntry], Any]
) -> tuple[FacetEntry, ...]:
    largest = sorted(entries, key=lambda entry: (-entry.count, entry.key))[:MOST_ENTRIES]
    return tuple(sorted(largest, key=order))
