"""What the catalog's address bar says; unknown values fall back, because people edit addresses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from app.catalog.finding.facets import NAMES
from app.catalog.finding.features import TITLES as FEATURES
from app.catalog.finding.price_bands import AMOUNT, SPAN, span_key
from app.catalog.finding.search import FacetEntry, Facets, Search, Sort
from app.catalog.finding.typed import are_many, is_telling
from app.catalog.finding.words import words_of
from app.kernel.german import ungrouped

PAGE_SIZE: Final = 50
LAST_PAGE: Final = 400
IN_VIEW: Final = 8
CHOICES: Final = 30
TYPED_LENGTH: Final = 200
MOST_FEATURES: Final = 6
TELLING: Final = 2  # entries that a filter needs to be worth showing
SORTS: Final = (
    (Sort.RELEVANCE, "Beste Treffer"),
    (Sort.PRICE, "Preis aufsteigend"),
    (Sort.PRICE_DOWN, "Preis absteigend"),
    (Sort.NAME, "Bezeichnung"),
    (Sort.DELIVERY, "Lieferzeit"),
)
TITLES: Final = {
    "category": "Warengruppe",
    "manufacturer": "Hersteller",
    "price": "Preis netto je Stück",
    "charge": "Abrechnung",
    "framework": "Rahmenvertrag",
    "lot": "Los",
    "delivery": "Lieferzeit",
    "label": "Gütezeichen",
    "stock": "Bestand",
    **FEATURES,
}
Meant = tuple[tuple[str, str], ...]
OPEN: Final = ("category", "manufacturer", "price")


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of filters: those in view (chosen, or with most articles) and the rest."""

    name: str
    title: str
    chosen: tuple[str, ...]
    shown: tuple[FacetEntry, ...]
    more: tuple[FacetEntry, ...]

    @property
    def opened(self) -> bool:
        return bool(self.chosen) or self.name in OPEN


@dataclass(frozen=True, slots=True)
class Corrected:
    """Words that no article uses, what was looked for instead, and its address."""

    unknown: tuple[str, ...]
    typed: str
    address: str


@dataclass(frozen=True, slots=True)
class Filter:
    """The search of a page, with the addresses of its neighbours."""

    search: Search
    page: int

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        return {name: values for name, values in self.search.chosen.items() if values}

    @property
    def prices(self) -> dict[str, str]:
        """The lowest and the highest price as they stand in the form and in the address."""
        (key,) = self.chosen.get(SPAN, ("-",))
        low, _, high = key.partition("-")
        return {"price_from": _plain(low), "price_to": _plain(high)}

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen)

    @property
    def too_long(self) -> bool:
        """Whether only the first words are looked for."""
        return are_many(self.search.typed)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Everything but the page, in the order of the form."""
        pairs = [("q", self.search.typed)] if self.search.typed else []
        pairs += [(name, text) for name, text in self.prices.items() if text]
        pairs += [
            (name, value)
            for name, values in self.chosen.items()
            if name != SPAN
            for value in values
        ]
        if self.search.sort != Sort.RELEVANCE:
            pairs.append(("sort", self.search.sort.value))
        return pairs

    def without(self, name: str, value: str) -> str:
        pairs = [pair for pair in self.parameters if pair != (name, value)]
        return address(pairs)

    def facets(self, found: Facets) -> tuple[Facet, ...]:
        """Those that tell articles apart; of the features the ones that most articles name."""
        offered = [name for name in TITLES if self._is_telling(name, found)]
        features = [name for name in offered if name in FEATURES and name not in self.chosen]
        named = {name: sum(entry.count for entry in found[name]) for name in features}
        left_out = sorted(features, key=lambda name: -named[name])[MOST_FEATURES:]
        return tuple(
            _facet(name, TITLES[name], self.chosen.get(name, ()), found.get(name, ()))
            for name in offered
            if name not in left_out
        )

    def chips(self, facets: Facets) -> list[tuple[str, str]]:
        """Active filters in words, each with the address without it."""
        words = {(name, entry.key): entry.text for name, some in facets.items() for entry in some}
        chips = [
            (
                f"{TITLES[name]}: {words.get((name, value), value)}",
                self.without(name, value),
            )
            for name, values in self.chosen.items()
            if name != SPAN
            for value in values
        ]
        return [*([self._price_chip()] if SPAN in self.chosen else []), *chips]

    def _price_chip(self) -> tuple[str, str]:
        low, high = self.prices["price_from"], self.prices["price_to"]
        said = [*([f"ab {low} €"] if low else []), *([f"bis {high} €"] if high else [])]
        rest = [pair for pair in self.parameters if pair[0] not in self.prices]
        return f"Preis: {' '.join(said)}", address(rest)

    def corrected(self, meant: Meant) -> Corrected | None:
        """The typed words with the ones that were probably meant; None where all were known."""
        if not meant:
            return None
        instead = dict(meant)
        words = [_instead(word, instead) for word in self.search.typed.split()]
        return self._searched(tuple(instead), words)

    def known_part(self, unknown: tuple[str, ...]) -> Corrected | None:
        """The typed words without those that no article uses; None where nothing else is left."""
        words = self.search.typed.split()
        gone = [word for word in words if not set(unknown).isdisjoint(words_of(word))]
        left = [word for word in words if word not in gone and is_telling(word)]
        return self._searched(tuple(gone), left) if gone and left else None

    def _searched(self, unknown: tuple[str, ...], words: list[str]) -> Corrected:
        rest = [pair for pair in self.parameters if pair[0] != "q"]
        typed = " ".join(words)
        return Corrected(unknown, typed, address([("q", typed), *rest]))

    def _is_telling(self, name: str, found: Facets) -> bool:
        if name == "price" and SPAN in self.chosen:
            return True
        least = 1 if name == "stock" else TELLING
        return name in self.chosen or len(found.get(name, ())) >= least


def _facet(
    name: str, title: str, chosen: tuple[str, ...], entries: tuple[FacetEntry, ...]
) -> Facet:
    """A choice that nothing fits any more stays in sight with 0, so that it can be taken back."""
    missing = set(chosen) - {entry.key for entry in entries}
    entries = (*entries, *(FacetEntry(key, key, 0) for key in sorted(missing)))
    largest = sorted(entries, key=lambda entry: -entry.count)[:IN_VIEW]
    in_view = {entry.key for entry in largest} | set(chosen)
    return Facet(
        name=name,
        title=title,
        chosen=chosen,
        shown=tuple(entry for entry in entries if entry.key in in_view),
        more=tuple(entry for entry in entries if entry.key not in in_view),
    )


def _instead(word: str, instead: Mapping[str, str]) -> str:
    """`Moniotr,` → monitor: one word with its signs; several in one are read one by one."""
    parts = words_of(word)
    return (
        word
        if set(parts).isdisjoint(instead)
        else " ".join(instead.get(part, part) for part in parts)
    )


def _typed(text: str) -> Decimal | None:
    """`1.249,50`, `1.249 €`, `1249.5` or `1249`; None for all else: addresses get edited."""
    plain = ungrouped(text.strip().strip("€").strip())
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    return Decimal(plain) if AMOUNT.fullmatch(plain) else None


def _plain(amount: str) -> str:
    """`1249.00` → `1249`, `1249.50` → `1249,50`."""
    return amount.removesuffix(".00").replace(".", ",")


def address(pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"/katalog?{query}" if query else "/katalog"


def read_filter(pairs: Sequence[tuple[str, str]]) -> Filter:
    """`pairs` as in the address; the last of a single value counts."""
    several: dict[str, list[str]] = {name: [] for name in NAMES}
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
    if span := span_key(_typed(single.get("price_from", "")), _typed(single.get("price_to", ""))):
        several[SPAN] = [span]
    search = Search(
        typed=single.get("q", "").strip()[:TYPED_LENGTH],
        chosen={
            name: tuple(dict.fromkeys(values))[:CHOICES]
            for name, values in several.items()
            if values
        },
        sort=Sort(sort) if sort in known else Sort.RELEVANCE,
        offset=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        fold=True,
    )
    return Filter(search, page)
