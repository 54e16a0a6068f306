"""From what somebody typed to what must stand in an article's index."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.catalog.finding.entry import NUMBER
from app.catalog.finding.expression import Expression, Word, all_of, any_of
from app.catalog.finding.same_words import Spoken
from app.catalog.finding.vocabulary import Vocabulary
from app.catalog.finding.words import compact, mark, words_of

MOST_CHUNKS: Final = 8
LONGEST_CHUNK: Final = 60
SHORTEST_NUMBER: Final = 3
SHORTEST_START: Final = 2
SHORTEST_PART: Final = 4
SHORTEST_COMPOUND: Final = 8
SHORTEST_FIRST: Final = 3
SHORTEST_INFLECTED: Final = 5
SHORTEST_BASE: Final = 4
MOST_ALTERNATIVES: Final = 60
ENDINGS: Final = ("n", "e", "s", "en", "er", "es", "em", "ern")
LINKS: Final = ("", "s", "n", "en", "e")
UNITS: Final = frozenset(
    {"gb", "tb", "mb", "zoll", "mm", "cm", "m", "w", "wh", "ghz", "hz", "kg", "g", "l", "ppm"}
)
MIXED: Final = re.compile(r"([0-9]+)([a-z]+)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the index answers for numbers of articles; both cost a look into the database."""

    known: Callable[[str], bool]  # a mark
    holding: Callable[[str], bool]  # a fragment


@dataclass(frozen=True, slots=True)
class Understood:
    """A number must hold each of the `fragments`, and `wanted` (where not None) must be said.

    `spoken` are the words to rank by, per typed word; `meant` what was read instead of what.
    `nothing`: there were signs, but no word among them.
    """

    wanted: Expression | None
    fragments: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...]
    meant: tuple[tuple[str, str], ...]
    nothing: bool = False


NOTHING_TYPED: Final = Understood(None, (), (), ())


def understand(
    typed: str, known: Vocabulary, same: dict[str, tuple[Spoken, ...]], numbers: Numbers
) -> Understood:
    """Every typed word must be found: itself, inflected, as part of a word, or what it means."""
    reading = _Reading(known, same, numbers)
    chunks = [chunk[:LONGEST_CHUNK] for chunk in typed.split()][:MOST_CHUNKS]
    read = [one for chunk in chunks if (one := reading.chunk(chunk)) is not None]
    wanted = all_of(read) if read else None
    fragments = tuple(dict.fromkeys(reading.fragments))
    nothing = wanted is None and not fragments
    return Understood(wanted, fragments, tuple(reading.spoken), tuple(reading.meant), nothing)


class _Reading:
    def __init__(
        self, known: Vocabulary, same: dict[str, tuple[Spoken, ...]], numbers: Numbers
    ) -> None:
        self.fragments: list[str] = []
        self.spoken: list[tuple[str, ...]] = []
        self.meant: list[tuple[str, str]] = []
        self._known = known
        self._same = same
        self._numbers = numbers

    def chunk(self, chunk: str) -> Expression | None:
        """None for a fragment of a number."""
        words = words_of(chunk)
        if not words:
            return None
        small = compact(chunk)
        if len(small) >= SHORTEST_NUMBER and not small.isalpha():
            return self._number(words, small)
        return self._words(words)

    def _number(self, words: list[str], small: str) -> Expression | None:
        """An exact number, a word with digits, or the fragment of a number."""
        exact = mark(NUMBER, small)
        if self._numbers.known(exact):
            read = self._as_words(words) if len(words) == 1 else None
            return any_of([Word(exact), *([read] if read else [])])
        if len(words) == 1 and (read := self._as_words(words)):
            return read
        if len(words) == 1 or self._numbers.holding(small):
            self.fragments.append(small)
            return None
        return self._words(words)

    def _as_words(self, words: list[str]) -> Expression | None:
        read = [self._alternatives(word) for word in words]
        if not all(read):
            return None
        self.spoken.extend((word,) for word in words)
        return all_of([one for one in read if one is not None])

    def _words(self, words: list[str]) -> Expression:
        """Words with a hyphen between them may stand in the catalog as one."""
        apart = all_of([self._word(word) for word in words])
        joined = self._alternatives("".join(words)) if len(words) > 1 else None
        return any_of([apart, *([joined] if joined else [])])

    def _word(self, word: str) -> Expression:
        found = self._alternatives(word)
        if found is None and (meant := self._known.close_to(word)) is not None:
            self.meant.append((word, meant))
            word, found = meant, self._alternatives(meant)
        synonyms = [spoken[0] for spoken in self._same.get(word, ()) if len(spoken) == 1]
        self.spoken.append((word, *synonyms[:3]))
        return found or Word(word)

    def _alternatives(self, word: str) -> Expression | None:
        """Everything in the catalog that says `word`; None where nothing does."""
        words = [*self._forms(word), *self._starting(word), *self._holding(word)]
        parts: list[Expression] = []
        parts += [Word(one) for one in dict.fromkeys(words)][:MOST_ALTERNATIVES]
        parts += self._meaning_the_same(word)
        if (compound := self._compound(word)) is not None:
            parts.append(compound)
        parts += self._measured(word, parts)
        return any_of(parts) if parts else None

    def _measured(self, word: str, parts: list[Expression]) -> list[Expression]:
        """`16gb` is `16 GB`, though some article spells it in one, too."""
        mixed = MIXED.fullmatch(word)
        if mixed is None or mixed[2] not in self._known or (parts and mixed[2] not in UNITS):
            return []
        return [all_of([Word(mixed[1]), Word(mixed[2])])]

    def _starting(self, word: str) -> list[str]:
        if len(word) < SHORTEST_START + word.isdigit():
            return []
        return self._known.beginning(word, MOST_ALTERNATIVES)

    def _holding(self, word: str) -> list[str]:
        if len(word) < SHORTEST_PART or not word.isalpha():
            return []
        return self._known.containing(word, MOST_ALTERNATIVES)

    def _forms(self, word: str) -> list[str]:
        """The word itself; else what it is the plural or the dative of, in compounds too."""
        if word in self._known:
            return [word]
        if len(word) < SHORTEST_INFLECTED or not word.isalpha():
            return []
        for ending in ENDINGS:
            base = word.removesuffix(ending)
            if base == word or len(base) < SHORTEST_BASE:
                continue
            plain = [base + other for other in ("", *ENDINGS) if base + other in self._known]
            found = plain + self._known.ending(base, MOST_ALTERNATIVES)
            if found:
                return found
        return []

    def _meaning_the_same(self, word: str) -> list[Expression]:
        bases = [word, *(word.removesuffix(ending) for ending in ENDINGS)]
        spoken = next((self._same[base] for base in bases if base in self._same), ())
        known = [words for words in spoken if all(one in self._known for one in words)]
        return [all_of([Word(one) for one in words]) for words in known]

    def _compound(self, word: str) -> Expression | None:
        """`Notebooktasche` also is a `Tasche` for a `Notebook`."""
        if len(word) < SHORTEST_COMPOUND or not word.isalpha():
            return None
        for at in range(SHORTEST_FIRST, len(word) - SHORTEST_PART + 1):
            first, second = self._first_part(word[:at]), self._forms(word[at:])
            if first and second:
                return all_of([Word(first), any_of([Word(one) for one in second])])
        return None

    def _first_part(self, part: str) -> str | None:
        """Without the sound that links it to the next: `Arbeits-platz` → arbeit."""
        bases = (part.removesuffix(link) for link in LINKS)
        long = (base for base in bases if len(base) >= SHORTEST_FIRST)
        return next((base for base in long if base in self._known), None)
