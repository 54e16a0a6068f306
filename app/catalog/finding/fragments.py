"""Fragments of numbers: which of their parts an index is asked for; the row says the rest.

An index of three signs reads a list of articles per part, and the lists of `000` or `06r` name
every tenth article. The two or three rarest parts leave hardly more than the whole fragment does.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Final

from sqlalchemy import ColumnElement, Text, bindparam, func, select

from app.catalog.finding.entry_index import SHORTEST
from app.catalog.finding.ranges import ENTRY

MOST_PARTS: Final = 3
COMMON: Final = 10
"""A part that every tenth article has is not asked for beside a rarer one."""
LINE: Final = "\n"


def parts_of(fragment: str) -> list[str]:
    """Every three signs in a row, once."""
    signs = range(len(fragment) - SHORTEST + 1)
    return list(dict.fromkeys(fragment[at : at + SHORTEST] for at in signs))


@dataclass(frozen=True, slots=True)
class DrawnNumbers:
    """Numbers of the articles `ids`, each in a line of `text` that begins at `starts`.

    `parts` says how often three signs stand there in a row.
    """

    ids: list[int]
    text: str
    starts: list[int]
    parts: Mapping[str, int]

    def rarest(self, fragment: str) -> tuple[str, ...]:
        """The parts that an index is asked for, the rarest first, MOST_PARTS of them.

        To ask twice for a rare one costs nothing, another statement for two than for three would.
        """
        counts = self.parts
        first, *others = sorted(parts_of(fragment), key=lambda part: (counts.get(part, 0), part))
        few = [part for part in others if counts.get(part, 0) * COMMON <= len(self.ids)]
        return ((first, *few) + (first,) * MOST_PARTS)[:MOST_PARTS]

    def holding(self, fragment: str) -> Iterator[int]:
        """The articles with a number that holds it."""
        at = self.text.find(fragment)
        while at >= 0:
            line = bisect_right(self.starts, at)
            yield self.ids[line - 1]
            at = self.text.find(fragment, self.starts[line])


def drawn_numbers(numbers: Mapping[int, str]) -> DrawnNumbers:
    """`numbers` by article."""
    lines = [f"{some}{LINE}" for some in numbers.values()]
    starts = [*accumulate(map(len, lines), initial=0)]
    text = "".join(lines)
    parts = Counter(map(add, map(add, text, text[1:]), text[2:]))
    return DrawnNumbers([*numbers], text, starts, parts)


def for_trigrams(parts: Iterable[str]) -> str:
    """What SQLite's index is asked: letters and digits only, so that quoting needs no escape."""
    return " AND ".join(f'"{part}"' for part in parts)


def part_name(at: int, number: int) -> str:
    return f"part_of_{at}_{number}"


def holding_name(at: int) -> str:
    return f"fragment_{at}"


def indexed_parts(fragments: tuple[int, ...], *, written: bool) -> list[ColumnElement[bool]]:
    """So many parts of each fragment, as PostgreSQL's index knows them."""
    names = [part_name(at, number) for at, many in enumerate(fragments) for number in range(many)]
    parts = [bindparam(name, type_=Text(), literal_execute=written) for name in names]
    return [
        ENTRY.c.numbers.like(part if written else select(part).scalar_subquery()) for part in parts
    ]


def held_by_row(fragments: tuple[int, ...], *, sqlite: bool) -> list[ColumnElement[bool]]:
    """The whole fragments, looked for in the row: no index answers this form."""
    find = func.instr if sqlite else func.strpos
    whole = (bindparam(holding_name(at), type_=Text()) for at in range(len(fragments)))
    return [find(ENTRY.c.numbers, fragment) > 0 for fragment in whole]


def values_of(fragments: Mapping[str, tuple[str, ...]], *, sqlite: bool) -> dict[str, str]:
    """By bind; `fragments` name the parts to ask for."""
    values = {holding_name(at): fragment for at, fragment in enumerate(fragments)}
    if sqlite:
        asked = dict.fromkeys(part for parts in fragments.values() for part in parts)
        return values | {"trigrams": for_trigrams(asked)}
    for at, parts in enumerate(fragments.values()):
        values |= {part_name(at, number): f"%{part}%" for number, part in enumerate(parts)}
    return values
