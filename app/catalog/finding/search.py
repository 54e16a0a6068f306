"""What is looked for, and what is found."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

CANDIDATES: Final = 10_000
CANDIDATES_OF_MANY: Final = 1_000
"""In a catalog of more than 200,000 articles."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    PRICE = "price"
    PRICE_DOWN = "-price"
    NAME = "name"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; several values of one facet widen, several facets narrow.

    `fold`: of the variants of one family only the first is a hit.
    """

    typed: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 25
    fold: bool = False

    @property
    def question(self) -> Hashable:
        """All that the counts depend on."""
        return (self.typed, tuple(sorted(self.chosen.items())))


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """`key` goes into the address, `text` is shown."""

    key: str
    text: str
    count: int


Facets = dict[str, tuple[FacetEntry, ...]]


@dataclass(frozen=True, slots=True)
class Hits:
    """`ids` of the page in order; facets count what choosing an entry more would leave.

    `capped`: there are more than the 10,000 (of very many articles 1,000) that were looked at.
    `meant`: words that were read as others, because the catalog does not know them. `unknown`:
    words that no article uses and that stand for nothing else.
    """

    ids: tuple[int, ...]
    total: int
    facets: Facets = field(default_factory=dict)
    capped: bool = False
    meant: tuple[tuple[str, str], ...] = ()
    folded: int = 0
    unknown: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many there are to turn over: `total` without the variants that were folded."""
        return self.total - self.folded
