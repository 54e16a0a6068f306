"""What the search keeps of an article: pure, from its facts to words, marks and facet values."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from itertools import islice
from typing import Final, NamedTuple

from app.catalog.finding.features import NO, OF_THE_DATA, YES, Feature, facet_values
from app.catalog.finding.words import (
    MOST_WORDS,
    compact_of,
    distinct,
    is_word,
    letters_among,
    mark,
    number_text,
    numbers_among,
    words_in,
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
    """`spoken` are the words that `words` begins with.

    Of them `named` stand in the name, `parts` in article numbers; `shared` is the vocabulary of
    all else.
    """

    words: str
    numbers: str
    head: str
    name_key: str
    profile: Profile
    spoken: Sequence[str]
    named: Sequence[str]
    parts: Sequence[str]
    shared: frozenset[str]

    def vocabulary(self, known: AbstractSet[str] = frozenset()) -> set[str]:
        """Words of the language of the catalog, without those that are `known` already.

        A part of an article number is one only if it has letters alone (or is in the name).
        """
        found = set(self.shared.difference(known, self.parts))
        found.update(word for word in set(self.named).difference(known) if is_word(word))
        found.update(letters_among(set(self.parts).difference(known)))
        return found.intersection(self.spoken) if len(self.spoken) == MOST_WORDS else found


class _Shared(NamedTuple):
    """What many articles have in common; their words go around that of the name."""

    before: tuple[str, ...]
    behind: tuple[str, ...]
    vocabulary: frozenset[str]
    marks: str
    profile: Profile


def entry_of(facts: ArticleFacts) -> Entry:
    shared = _shared(
        facts.lot_id,
        (facts.category, facts.category_slug),
        facts.manufacturer,
        tuple(map(tuple, facts.features[:FEATURES_FACETED])),
        tuple(facts.keywords),
        facts.charge,
    )
    small: list[str] = []
    parts: list[str] = []
    for number in (facts.sku, facts.mpn, facts.gtin):
        if number:
            folded = fold(number)
            small.append(compact_of(folded))
            parts += words_in(folded)
    name = fold(facts.name)
    named = words_in(name)
    spoken = distinct([*shared.before, *named, *shared.behind, *parts])
    marks = [mark(NUMBER, number) for number in dict.fromkeys(small)]
    return Entry(
        " ".join([*spoken, *marks, shared.marks]),
        number_text([*small, *numbers_among(named)]),
        f" {' '.join([*shared.before, *named])} "[:HEAD],
        name[:NAME_KEY],
        shared.profile,
        spoken,
        named,
        parts,
        shared.vocabulary,
    )


@lru_cache(maxsize=1024)
def family_id(framework_id: int, family: str) -> int | None:
    """Variants of one agreement share it; None without a family."""
    return _number(f"{framework_id}/{family}") if family else None


def _number(text: str) -> int:
    digest = blake2s(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


@lru_cache(maxsize=4096)
def _shared(
    lot_id: int,
    group: tuple[str, str],
    manufacturer: str,
    features: tuple[Feature, ...],
    keywords: tuple[str, ...],
    charge: Charge,
) -> _Shared:
    category, slug = group
    before = words_of(category)
    behind = [*words_of(manufacturer), *_said(features, keywords)]
    facets = (*facet_values(features), (CHARGE, charge.value))
    return _Shared(
        tuple(before),
        tuple(behind),
        frozenset(filter(is_word, [*before, *behind])),
        f"{_marks(slug, manufacturer, facets)} {mark(LOT, str(lot_id))}",
        _profile(slug, manufacturer, facets),
    )


def _said(features: Iterable[Feature], keywords: Iterable[str]) -> list[str]:
    """Keywords and values; of what an article simply has or can do, the name: `WLAN: ja`."""
    words = [word for keyword in keywords for word in words_of(keyword)]
    told = (one for one in features if fold(one[0]) not in OF_THE_DATA and fold(one[1]) not in NO)
    for name, value, unit in islice(told, FEATURES_SEARCHED):
        words += words_of(name if fold(value) in YES else f"{value} {unit}")
    return distinct(words)


@lru_cache(maxsize=4096)
def _profile(category: str, manufacturer: str, facets: tuple[tuple[str, str], ...]) -> Profile:
    content: dict[str, object] = {
        CATEGORY: category,
        MANUFACTURER: manufacturer,
        "features": [list(pair) for pair in facets],
    }
    return Profile(_number(canonical_json(content)), content)


@lru_cache(maxsize=4096)
def _marks(category: str, manufacturer: str, facets: tuple[tuple[str, str], ...]) -> str:
    """At least one, that of the charge."""
    keyed = ((CATEGORY, category), (MANUFACTURER, manufacturer), *facets)
    return " ".join(mark(kind, key) for kind, key in keyed if key)
