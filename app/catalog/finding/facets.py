"""Counting what was found by facet: from groups of equal articles to entries with a count."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.finding.features import TITLES as FEATURES
from app.catalog.finding.features import size_of
from app.catalog.finding.price_bands import BANDS, DAYS, days_key
from app.catalog.finding.records import FacetProfile
from app.catalog.finding.search import FacetEntry, Facets
from app.catalog.finding.shelves import Shelves
from app.kernel.german import fold

MOST_ENTRIES: Final = 100
MOST_PROFILES: Final = 50_000
FIXED: Final = ("category", "manufacturer", "framework", "lot", "price", "delivery")
NAMES: Final = (*FIXED, *FEATURES)
"""Every facet that an address may name, in the order in which pages show them."""


@dataclass(frozen=True, slots=True)
class Group:
    """How many articles found share lot, profile, price band and delivery time."""

    lot_id: int
    profile_id: int
    band: int | None
    days: int | None
    count: int


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


PROFILES: Final = _Profiles()
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
    session: Session, groups: Iterable[Group], shelves: Shelves, names: Collection[str]
) -> Facets:
    """Entries of the facets `names`; the most frequent hundred of each, in a readable order."""
    groups = list(groups)
    profiles = PROFILES.of(session, {group.profile_id for group in groups})
    by_profile: Counter[int] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for group in groups:
        by_profile[group.profile_id] += group.count
        shelf = shelves.by_lot[group.lot_id]
        counts["framework", shelf.framework] += group.count
        counts["lot", shelf.key] += group.count
        days = shelf.delivery_days if group.days is None else group.days
        counts["delivery", days_key(days)] += group.count
        if group.band is not None:
            counts["price", BANDS[group.band].key] += group.count
    for profile_id, many in by_profile.items():
        for pair in profiles.get(profile_id, ()):
            counts[pair] += many
    words = _Words(shelves)
    return {name: _entries(name, counts, words) for name in names}


class _Words:
    """Keys in words, and the order of a facet's entries."""

    def __init__(self, shelves: Shelves) -> None:
        self._categories = shelves.categories
        self._frameworks = {one.framework: one.framework_title for one in shelves.by_lot.values()}
        self._lots = {
            one.key: f"{one.framework} Los {one.lot}: {one.lot_title}"
            for one in shelves.by_lot.values()
        }
        self._bands = {band.key: (at, band.text) for at, band in enumerate(BANDS)}
        self._days = {key: (at, text) for at, (key, text) in enumerate(DAYS)}

    def text(self, facet: str, key: str) -> str:
        match facet:
            case "category":
                return self._categories.get(key, key)
            case "framework":
                return self._frameworks.get(key, key)
            case "lot":
                return self._lots.get(key, key)
            case "price":
                return self._bands[key][1]
            case "delivery":
                return self._days[key][1]
            case _:
                return key

    def order(self, facet: str) -> Callable[[FacetEntry], Any]:
        if facet == "price":
            return lambda entry: self._bands[entry.key]
        if facet == "delivery":
            return lambda entry: self._days[entry.key]
        if facet in FEATURES:
            return lambda entry: size_of(entry.key)
        return lambda entry: (fold(entry.text), entry.key)


def _entries(name: str, counts: Counter[tuple[str, str]], words: _Words) -> tuple[FacetEntry, ...]:
    entries = [
        FacetEntry(key, words.text(name, key), many)
        for (facet, key), many in counts.items()
        if facet == name
    ]
    largest = sorted(entries, key=lambda entry: (-entry.count, entry.key))[:MOST_ENTRIES]
    return tuple(sorted(largest, key=words.order(name)))
