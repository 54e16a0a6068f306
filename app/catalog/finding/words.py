"""What people type and what articles say, folded alike, so that both databases find the same."""

import re
from collections.abc import Iterable
from hashlib import blake2s
from typing import Final

from app.kernel.german import fold

WORD: Final = re.compile(r"[a-z0-9]+")
LETTERS: Final = re.compile(r"[a-z]+")
NOT_COMPACT: Final = re.compile(r"[^a-z0-9]+")
LONGEST_WORD: Final = 40
MOST_WORDS: Final = 120
MOST_NUMBERS: Final = 400  # signs
LONGEST_MIXED: Final = 6  # signs of a word with digits that still is a word: "16gb", "m404dn"
SHORTEST_LETTERS: Final = 3


def words_of(text: str) -> list[str]:
    """`Büro-Notebook 15,6 Zoll` → buero, notebook, 15, 6, zoll."""
    return words_in(fold(text))


def words_in(folded: str) -> list[str]:
    words: list[str] = WORD.findall(folded)
    if len(folded) > LONGEST_WORD and max(map(len, words), default=0) > LONGEST_WORD:
        return [word[:LONGEST_WORD] for word in words]
    return words


def compact(number: str) -> str:
    """An article number without its separators: `NB-1 / x` → `nb1x`."""
    return compact_of(fold(number))


def compact_of(folded: str) -> str:
    plain = folded.isascii() and folded.isalnum()
    return folded if plain else NOT_COMPACT.sub("", folded)


def is_word(word: str) -> bool:
    """Whether it is a word of the language of the catalog, and no number of an article."""
    return len(word) <= LONGEST_MIXED or word.isalpha()


def numbers_among(words: Iterable[str]) -> list[str]:
    """Those that are none."""
    return [word for word in words if len(word) > LONGEST_MIXED and not word.isalpha()]


def letters_among(parts: Iterable[str]) -> list[str]:
    """The parts of article numbers that may be words."""
    return [part for part in parts if part.isalpha() and len(part) >= SHORTEST_LETTERS]


def mark(kind: str, key: str) -> str:
    """What stands in the index for a chosen value or an exact number: no word can look like it."""
    return f"#{blake2s(f'{kind}={key}'.encode(), digest_size=6).hexdigest()}"


def distinct(words: Iterable[str]) -> list[str]:
    """Each word once, the first ones kept."""
    return list(dict.fromkeys(words))[:MOST_WORDS]


def number_text(numbers: Iterable[str]) -> str:
    """The compact numbers of an article, in which fragments are looked for."""
    return " ".join(dict.fromkeys(filter(None, numbers)))[:MOST_NUMBERS]
