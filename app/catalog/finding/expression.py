"""What must stand in an article's index, as a tree, and the two ways of writing it down."""

from __future__ import annotations

from dataclasses import dataclass


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


def says(words: str, wanted: Expression) -> bool:
    """Whether an article of these words (a blank around each) is meant, as the databases answer."""
    match wanted:
        case Word(text):
            return f" {text} " in words
        case AnyOf(parts):
            return any(says(words, part) for part in parts)
        case AllOf(parts):
            return all(says(words, part) for part in parts)


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
