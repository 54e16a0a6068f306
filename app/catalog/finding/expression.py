"""What must stand in an article's index, as a tree, and the two ways of writing it down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FEW: Final = 8
"""So many words are looked for sooner one by one than the text is taken apart."""


@dataclass(frozen=True, slots=True)
class Word:
    """A whole word (folded letters and digits) or a mark."""

    text: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Expression, ...]


Expression = Word | AnyOf | AllOf


def any_of(parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(dict.fromkeys(parts)))


def all_of(parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else AllOf(tuple(dict.fromkeys(parts)))


def parts_together(wanted: Expression) -> list[Expression]:
    """What has to be said together, one within the other taken apart."""
    if not isinstance(wanted, AllOf):
        return [wanted]
    return [one for part in wanted.parts for one in parts_together(part)]


def teller(wanted: Expression) -> Callable[[str], bool]:
    """Whether an article of these words (a blank around each) is meant, as the databases answer."""
    match wanted:
        case Word(text):
            spaced = f" {text} "
            return lambda words: spaced in words
        case AnyOf(parts):
            return _any_told(parts)
        case AllOf():
            return _all_told(parts_together(wanted))


def _any_told(parts: tuple[Expression, ...]) -> Callable[[str], bool]:
    some = frozenset(part.text for part in parts if isinstance(part, Word))
    tells = [teller(part) for part in parts if not isinstance(part, Word)]
    if len(some) >= FEW:
        return lambda words: not some.isdisjoint(words.split()) or any(one(words) for one in tells)
    spaced = [f" {text} " for text in some]

    def told(words: str) -> bool:
        for text in spaced:  # without a generator in a third of the time
            if text in words:
                return True
        return any(one(words) for one in tells) if tells else False

    return told


def _all_told(parts: list[Expression]) -> Callable[[str], bool]:
    tells = [teller(part) for part in parts]

    def told(words: str) -> bool:
        for one in tells:  # noqa: SIM110 - without a generator in a third of the time
            if not one(words):
                return False
        return True

    return told


def for_fts5(wanted: Expression) -> str:
    return _written(wanted, '"', " OR ", " AND ")


def for_tsquery(wanted: Expression) -> str:
    return _written(wanted, "'", " | ", " & ")


def _written(wanted: Expression, quote: str, either: str, both: str) -> str:
    """Words hold letters, digits and `#` only, so that quoting needs no escape."""
    match wanted:
        case Word(text):
            return f"{quote}{text}{quote}"
        case AnyOf(parts):
            return f"({either.join(_written(part, quote, either, both) for part in parts)})"
        case AllOf(parts):
            return f"({both.join(_written(part, quote, either, both) for part in parts)})"
