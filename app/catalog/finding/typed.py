"""What somebody typed, taken apart: words, sizes and numbers as people write them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Final

from app.catalog.finding.words import words_of
from app.kernel.german import fold

MOST_CHUNKS: Final = 8
LONGEST_CHUNK: Final = 60
MOST_RUNS: Final = 4
AROUND: Final = "\"'″”“„‚‘’(),;:"
LITTLE: Final = frozenset(
    {"und", "oder", "fuer", "von", "vom", "mit", "im", "in", "zu", "zum", "zur"}
    | {"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"}
    | {"and", "for", "with"}
)
"""Words that no article is looked for by; which of them its text uses, nobody knows."""

UNITS: Final = frozenset(
    {"gb", "tb", "mb", "zoll", "mm", "cm", "m", "w", "wh", "ghz", "hz", "kg", "g", "l", "ppm"}
)
RESOLUTION: Final = re.compile(r"(?<![0-9])([0-9]{3,4})\s*[xX×]\s*([0-9]{3,4})(?![0-9])")
DECIMAL: Final = re.compile(r"([0-9]{1,3})[.,]([0-9]{1,2})([a-z]*)")
CODE: Final = re.compile(r"[a-z]{1,3} [0-9][a-z0-9]*( [a-z]{1,3})?|[0-9]+ [a-z]{1,2}")
RUNS: Final = re.compile(r"[a-z]+|[0-9]+")


def chunks_of(typed: str) -> list[str]:
    """`Toner für 1920 x 1080` → Toner, 1920x1080: the first eight that say something."""
    return _telling(typed)[:MOST_CHUNKS]


def are_many(typed: str) -> bool:
    """Whether more is typed than is looked for."""
    return len(_telling(typed)) > MOST_CHUNKS


def _telling(typed: str) -> list[str]:
    """Where all of them are little words, or only signs, they stay."""
    if len(whole := typed.split()) == 1 and typed.isascii():
        return [whole[0][:LONGEST_CHUNK]]  # a word or number, as most of what is typed
    chunks = [chunk[:LONGEST_CHUNK] for chunk in RESOLUTION.sub(r"\1x\2", typed).split()]
    return [chunk for chunk in chunks if is_telling(chunk)] or chunks


def is_telling(chunk: str) -> bool:
    """Neither a little word nor only signs."""
    return bool(words_of(chunk)) and fold(chunk) not in LITTLE


def decimal_words(chunk: str) -> list[str]:
    """`15,6` or `15.6zoll` as articles say it: 15, 6, zoll; nothing for what is no such size."""
    if "," not in chunk and "." not in chunk:
        return []
    found = DECIMAL.fullmatch(fold(chunk).strip(AROUND))
    if found is None or (found[3] and found[3] not in UNITS):
        return []
    return [part for part in found.groups() if part]


def resolution_words(small: str) -> list[str]:
    """`1920x1080` → 1920, 1080; nothing for anything else."""
    found = RESOLUTION.fullmatch(small)
    return [found[1], found[2]] if found else []


def is_code_apart(chunks: Sequence[str]) -> bool:
    """`CF 259A`, `M 404 dn` or `59 A`: an article's code with blanks; `16 GB` is a size."""
    words = [word for chunk in chunks for word in words_of(chunk)]
    units = UNITS.intersection(word for word in words if len(word) > 1 or word != words[0])
    if units or len(words) != len(chunks):
        return False
    return CODE.fullmatch(" ".join(words)) is not None


def cuts(small: str) -> Iterator[list[str]]:
    """A code where letters and digits meet, with few cuts first: `hp59a` → hp 59a, hp59 a, …"""
    runs = RUNS.findall(small)
    if not 1 < len(runs) <= MOST_RUNS:
        return
    between = range(1, len(runs))
    ways = sorted(product((False, True), repeat=len(between)), key=sum)
    for way in ways[1:]:
        at = [0, *(place for place, cut in zip(between, way, strict=True) if cut), len(runs)]
        yield ["".join(runs[start:end]) for start, end in pairwise(at)]
