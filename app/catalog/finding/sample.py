"""Every so-manieth article of a large catalog: how many say something, and from which on."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.finding.expression import AllOf, AnyOf, Expression, Word, parts_together
from app.catalog.finding.fragments import DrawnNumbers, drawn_numbers
from app.catalog.finding.ranges import ENTRY
from app.catalog.finding.search import CANDIDATES, CANDIDATES_OF_MANY
from app.database.among import among
from app.database.marks import LISTS, Kept
from app.database.straight import fetch_all

MANY: Final = 200_000
DRAWN: Final = 4_000
SHIFT: Final = 7_919  # a prime: it comes by every place of a step
SPARE: Final = 7
"""So many more of the drawn have to say it, for chance: one search in two hundred reads on."""
FETCHED: Final = 7
"""Fetching an entry that the index names costs as much as reading seven in order."""
NOBODY: Final[frozenset[int]] = frozenset()
HIGHEST: Final = select(func.max(ENTRY.c.article_id))
AMONG: Final = among(ENTRY.c.article_id, "ids")
ENTRIES: Final = (
    select(ENTRY.c.article_id, ENTRY.c.numbers, ENTRY.c.words)
    .where(AMONG)
    .order_by(ENTRY.c.article_id)
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article out of `step`; `saying` has, by word, the ids of those that say it."""

    step: int
    saying: Mapping[str, frozenset[int]]
    numbers: DrawnNumbers

    def last_to_read(self, found: Collection[int], most: int) -> int | None:
        """Up to which id `most` articles fit, where reading on in order is what costs least.

        `found` are the drawn ones that fit. None: better have the index name all that do.
        """
        enough = most // self.step + 1
        if len(found) < enough + SPARE:
            return None
        some = sorted(found)
        first, last = some[0], some[enough + SPARE - 1]
        expected = first + (last - first) * enough // (enough + SPARE - 1)
        return last if expected < len(some) * self.step * FETCHED else None

    def rarest(self, wanted: Expression) -> list[Expression]:
        """Of what must be said together, what leaves hardly more articles than all of it does.

        The index reads a list for each, and that of `desktop` takes longer than to look at rows.
        """
        sets = [(self.all_saying(part), part) for part in parts_together(wanted)]
        sets.sort(key=lambda one: len(one[0]))
        (left, first), *others = sets
        every = left.intersection(*(said for said, _ in others))
        asked = [first]
        for said, part in others:
            if len(left) <= len(every) + 1:
                break
            left = left & said
            asked.append(part)
        return asked

    def all_holding(self, fragments: Collection[str]) -> frozenset[int]:
        """The drawn ones whose numbers hold every fragment."""
        return frozenset.intersection(*(frozenset(self.numbers.holding(one)) for one in fragments))

    def all_saying(self, wanted: Expression) -> frozenset[int]:
        match wanted:
            case Word(text):
                return self.saying.get(text, NOBODY)
            case AnyOf(parts):
                return NOBODY.union(*map(self.all_saying, parts))
            case AllOf(parts):
                first, *others = map(self.all_saying, parts)
                return first.intersection(*others)


KEPT: Final[Kept[Sample | None]] = Kept(most=4, marks=(LISTS,))


def sample(session: Session) -> Sample | None:
    """None where the catalog has no more than MANY articles.

    Kept while a publication goes on: an old one costs time only.
    """
    return KEPT.get(session, "sample", lambda: _drawn(session))


def most_candidates(session: Session) -> int:
    """How many are counted and sorted; in a large catalog fewer, for that is what takes time."""
    return CANDIDATES if sample(session) is None else CANDIDATES_OF_MANY


def _drawn(session: Session) -> Sample | None:
    highest = session.scalar(HIGHEST) or 0
    if highest <= MANY:
        return None
    step = highest // DRAWN
    ids = drawn(highest)
    rows = fetch_all(session, ENTRIES, {"ids": ids})
    if len(rows) * step <= MANY:
        return None
    numbers = drawn_numbers({row.article_id: row.numbers for row in rows})
    return Sample(step, _by_word(rows), numbers)


def drawn(highest: int) -> list[int]:
    """One id of each step, each time at another place: catalogs repeat themselves, by lots too."""
    step = highest // DRAWN
    return [1 + at * step + at * SHIFT % step for at in range(DRAWN)]


def _by_word(rows: list[Any]) -> dict[str, frozenset[int]]:
    saying: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for word in row.words.replace("'", "").split():
            saying[word].append(row.article_id)
    return {word: frozenset(ids) for word, ids in saying.items()}
