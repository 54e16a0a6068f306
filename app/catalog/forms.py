"""What the catalog's address bar says; unknown values fall back, because people edit addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from app.catalog.search import FacetEntry, Search, Sort

PAGE_SIZE: Final = 25
LAST_PAGE: Final = 400
IN_VIEW: Final = 12
CHOICES: Final = 30
TYPED_LENGTH: Final = 200
SORTS: Final = (
    (Sort.RELEVANCE, "Beste Treffer"),
    (Sort.PRICE, "Preis aufsteigend"),
    (Sort.PRICE_DOWN, "Preis absteigend"),
    (Sort.NAME, "Bezeichnung"),
    (Sort.DELIVERY, "Lieferzeit"),
)
FACETS: Final = (
    ("category", "Warengruppe"),
    ("manufacturer", "Hersteller"),
    ("framework", "Rahmenvertrag"),
)


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of filters: those in view (chosen, or with most articles) and the rest."""

    name: str
    title: str
    chosen: tuple[str, ...]
    shown: tuple[FacetEntry, ...]
    more: tuple[FacetEntry, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """The search of a page, with the addresses of its neighbours."""

    search: Search
    page: int

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        return {
            "category": self.search.categories,
            "manufacturer": self.search.manufacturers,
            "framework": self.search.frameworks,
        }

    @property
    def narrowed(self) -> bool:
        return any(self.chosen.values())

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Everything but the page, in the order of the form."""
        pairs = [("q", self.search.typed)] if self.search.typed else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        if self.search.sort != Sort.RELEVANCE:
            pairs.append(("sort", self.search.sort.value))
        return pairs

    def without(self, name: str, value: str) -> str:
        pairs = [pair for pair in self.parameters if pair != (name, value)]
        return address(pairs)

    def facets(self, found: dict[str, tuple[FacetEntry, ...]]) -> tuple[Facet, ...]:
        return tuple(
            _facet(name, title, self.chosen[name], found.get(name, ())) for name, title in FACETS
        )

    def chips(self, facets: dict[str, tuple[FacetEntry, ...]]) -> list[tuple[str, str]]:
        """Active filters in words, each with the address without it."""
        words = {(name, entry.key): entry.text for name, some in facets.items() for entry in some}
        return [
            (words.get((name, value), value), self.without(name, value))
            for name, values in self.chosen.items()
            for value in values
        ]


def _facet(
    name: str, title: str, chosen: tuple[str, ...], entries: tuple[FacetEntry, ...]
) -> Facet:
    largest = sorted(entries, key=lambda entry: -entry.count)[:IN_VIEW]
    in_view = {entry.key for entry in largest} | set(chosen)
    return Facet(
        name=name,
        title=title,
        chosen=chosen,
        shown=tuple(entry for entry in entries if entry.key in in_view),
        more=tuple(entry for entry in entries if entry.key not in in_view),
    )


def address(pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"/katalog?{query}" if query else "/katalog"


def read_filter(pairs: Sequence[tuple[str, str]]) -> Filter:
    """`pairs` as in the address; the last of a single value counts."""
    several: dict[str, list[str]] = {name: [] for name, _ in FACETS}
    single: dict[str, str] = {}
    for name, value in pairs:
        if name in several and value:
            several[name].append(value[:TYPED_LENGTH])
        else:
            single[name] = value
    number = single.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < len(str(LAST_PAGE)) + 1 else 1
    page = min(max(page, 1), LAST_PAGE)
    known = {sort.value for sort in Sort}
    sort = single.get("sort", "")
    chosen = {name: tuple(dict.fromkeys(values))[:CHOICES] for name, values in several.items()}
    search = Search(
        typed=single.get("q", "").strip()[:TYPED_LENGTH],
        categories=chosen["category"],
        manufacturers=chosen["manufacturer"],
        frameworks=chosen["framework"],
        sort=Sort(sort) if sort in known else Sort.RELEVANCE,
        offset=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return Filter(search, page)
