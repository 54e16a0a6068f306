"""Words that mean the same to people, from `catalog/same-words.toml`."""

import tomllib
from functools import cache
from typing import Final

from app.catalog.finding.words import words_of
from app.shipped import shipped

FILE: Final = "same-words.toml"

Spoken = tuple[str, ...]  # one word, or several that belong together: ("thin", "client")


@cache
def same_words() -> tuple[tuple[str, ...], ...]:
    """The groups as they are written in the file, for people to read."""
    text = (shipped("catalog") / FILE).read_text(encoding="utf-8")
    return tuple(tuple(str(word) for word in group) for group in tomllib.loads(text)["same"])


@cache
def meanings() -> dict[str, tuple[Spoken, ...]]:
    """By folded word: everything that means the same; of several words by them in one."""
    found: dict[str, tuple[Spoken, ...]] = {}
    for group in same_words():
        spoken = tuple(dict.fromkeys(tuple(words_of(word)) for word in group))
        for words in spoken:
            key = "".join(words)
            others = tuple(other for other in spoken if other != (key,))
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *others)))
    return found


@cache
def said_alone() -> frozenset[str]:
    """The folded words of all groups, without what is said in several words."""
    spoken = (words_of(word) for group in same_words() for word in group)
    return frozenset(words[0] for words in spoken if len(words) == 1)
