"""What the search keeps of an article: pure, from its facts to words, marks and facet values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from typing import Final, NamedTuple

from app.catalog.finding.features import Feature, facet_values
from app.catalog.finding.words import (
    MOST_WORDS,
    SHORTEST_LETTERS,
    compact,
    distinct,
    is_word,
    mark,
    number_text,
    words_of,
)
from app.catalog.rules_charge import Charge
from app.kernel.canonical import canonical_json
from app.kernel.german import fold

FEATURES_SEARCHED: Final = 12
FEATURES_FACETED: Final = 60
NAME_KEY: Final = 80
HEAD: Final = 160
CATEGORY: Final = "category"
MANUFACTURER: Final = "manufacturer"
LOT: Final = "lot"
CHARGE: Final = "charge"
NUMBER: Final = "number"


class ArticleFacts(NamedTuple):
    """What is found by; `features` are (name, value, unit)."""

    lot_id: int
    sku: str
    mpn: str
    gtin: str
    name: str
    manufacturer: str
    category: str
    category_slug: str
    features: Sequence[Sequence[str]] = ()
    keywords: Sequence[str] = ()
    charge: Charge = Charge.PURCHASE


@dataclass(frozen=True, slots=True)
class Profile:
    """A combination of facet values; equal contents have the same id."""

    id: int
    content: dict[str, object]


class Entry(NamedTuple):
    words: str
    numbers: str
    head: str
    name_key: str
    profile: Profile
    vocabulary: frozenset[str]


class _Said(NamedTuple):
    """What keywords and features say; many articles share it."""

    words: tuple[str, ...]
    vocabulary: frozenset[str]
    facets: tuple[tuple[str, str], ...]


class _Words(NamedTuple):
    """The words of a name that many articles share, and those of them that are no numbers."""

    all: tuple[str, ...]
    vocabulary: frozenset[str]


def entry_of(facts: ArticleFacts) -> Entry:
    some = facts.features[:FEATURES_FACETED]
    features = tuple((name, value, unit) for name, value, unit in some)
    said = _said(features, tuple(facts.keywords))
    facets = (*said.facets, (CHARGE, facts.charge.value))
    numbers = [number for number in (facts.sku, facts.mpn, facts.gtin) if number]
    parts = [word for number in numbers for word in words_of(number)]
    named = words_of(facts.name)
    category, maker = _words(facts.category), _words(facts.manufacturer)
    spoken = distinct([*category.all, *named, *maker.all, *said.words, *parts])
    small = [compact(number) for number in numbers]
    marks = [mark(NUMBER, number) for number in dict.fromkeys(small)]
    marks += _shared_marks(facts.category_slug, facts.manufacturer, facets)
    marks.append(_lot_mark(facts.lot_id))
    shared = category.vocabulary | maker.vocabulary | said.vocabulary
    vocabulary = shared.difference(parts).union(filter(is_word, named), filter(_is_spoken, parts))
    if len(spoken) == MOST_WORDS:
        vocabulary &= frozenset(spoken)
    return Entry(
        words=" ".join([*spoken, *marks]),
        numbers=number_text([*small, *(word for word in named if not is_word(word))]),
        head=f" {' '.join([*category.all, *named])} "[:HEAD],
        name_key=fold(facts.name)[:NAME_KEY],
        profile=_profile(facts.category_slug, facts.manufacturer, facets),
        vocabulary=vocabulary,
    )


def _is_spoken(part: str) -> bool:
    """A part of an article number is a word only if it has letters alone (or is in the name)."""
    return len(part) >= SHORTEST_LETTERS and part.isalpha()


@lru_cache(maxsize=1024)
def family_id(framework_id: int, family: str) -> int | None:
    """Variants of one agreement share it; None without a family."""
    return _number(f"{framework_id}/{family}") if family else None


def _number(text: str) -> int:
    digest = blake2s(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


@lru_cache(maxsize=1024)
def _words(text: str) -> _Words:
    words = tuple(words_of(text))
    return _Words(words, frozenset(filter(is_word, words)))


@lru_cache(maxsize=1024)
def _lot_mark(lot_id: int) -> str:
    return mark(LOT, str(lot_id))


@lru_cache(maxsize=4096)
def _said(features: tuple[Feature, ...], keywords: tuple[str, ...]) -> _Said:
    words = [word for keyword in keywords for word in words_of(keyword)]
    for _, value, unit in features[:FEATURES_SEARCHED]:
        words += words_of(f"{value} {unit}")
    words = distinct(words)
    return _Said(tuple(words), frozenset(filter(is_word, words)), facet_values(features))


@lru_cache(maxsize=4096)
def _profile(category: str, manufacturer: str, facets: tuple[tuple[str, str], ...]) -> Profile:
    content: dict[str, object] = {
        CATEGORY: category,
        MANUFACTURER: manufacturer,
        "features": [list(pair) for pair in facets],
    }
    return Profile(_number(canonical_json(content)), content)


@lru_cache(maxsize=4096)
def _shared_marks(
    category: str, manufacturer: str, facets: tuple[tuple[str, str], ...]
) -> tuple[str, ...]:
    pairs: Iterable[tuple[str, str]] = (
        (CATEGORY, category),
        (MANUFACTURER, manufacturer),
        *facets,
    )
    return tuple(mark(kind, key) for kind, key in pairs if key)
