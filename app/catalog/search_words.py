"""What people type and what articles say, folded alike, so that both databases find the same."""

import re
from typing import Final

from app.kernel.german import fold

WORDS: Final = 8
WORD_LENGTH: Final = 60
TEXT_LENGTH: Final = 3000
SEPARATORS: Final = re.compile(r"[^\w.+/-]+")
INNER: Final = re.compile(r"[^a-z0-9]+")
ENDINGS: Final = ("s", "e", "n", "en")

# What is the same to people, in folded form; each word stands for all of its line.
SAME: Final = (
    ("notebook", "laptop"),
    ("monitor", "bildschirm", "display"),
    ("desktop", "rechner", "computer"),
    ("dock", "dockingstation", "portreplikator"),
    ("tastatur", "keyboard"),
    ("maus", "mouse"),
    ("headset", "kopfhoerer"),
    ("toner", "kartusche"),
    ("webcam", "kamera"),
    ("netzteil", "ladegeraet"),
    ("usv", "notstrom"),
    ("multifunktion", "mfp", "kopierer"),
)
SYNONYMS: Final = {word: line for line in SAME for word in line}


def search_words(typed: str) -> tuple[tuple[str, ...], ...]:
    """Every word of the answer must be found, in one of its spellings."""
    words = [word.strip("-./+") for word in SEPARATORS.split(fold(typed))]
    return tuple(_spellings(word[:WORD_LENGTH]) for word in words if word)[:WORDS]


def _spellings(word: str) -> tuple[str, ...]:
    if word in SYNONYMS:
        return SYNONYMS[word]
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and stem in SYNONYMS:
            return SYNONYMS[stem]
    return (word,)


def search_text(category: str, sku: str, name: str, *more: str) -> str:
    """The folded text of an article, what matters most first; relevance goes by position."""
    numbers = (compact for part in (sku, *more[:3]) if (compact := INNER.sub("", fold(part))))
    parts = (category, sku, name, *more, *numbers)
    return " " + " ".join(fold(part) for part in parts if part)[:TEXT_LENGTH] + " "
