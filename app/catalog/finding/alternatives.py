"""Everything in the catalog that says a word: forms, parts, compounds, sizes, synonyms."""

import re
from typing import Final

from app.catalog.finding.expression import Expression, Word, all_of, any_of
from app.catalog.finding.features import stored_sizes
from app.catalog.finding.same_words import Spoken
from app.catalog.finding.typed import UNITS
from app.catalog.finding.vocabulary import Vocabulary
from app.catalog.finding.words import mark

SHORTEST_START: Final = 2
SHORTEST_PART: Final = 4
SHORTEST_COMPOUND: Final = 8
SHORTEST_FIRST: Final = 3
SHORTEST_INFLECTED: Final = 5
SHORTEST_BASE: Final = 4
MOST_ALTERNATIVES: Final = 60
ENDINGS: Final = ("n", "e", "s", "en", "er", "es", "em", "ern")
LINKS: Final = ("", "s", "n", "en", "e")
MIXED: Final = re.compile(r"([0-9]+)([a-z]+)")


class Alternatives:
    """What may stand in an article's index for a word; folded words of letters and digits."""

    def __init__(self, known: Vocabulary, same: dict[str, tuple[Spoken, ...]]) -> None:
        self._known = known
        self._same = same

    def of(self, word: str) -> Expression | None:
        """Everything in the catalog that says `word`; None where nothing does."""
        words = [*self._forms(word), *self.starting(word), *self._holding(word)]
        parts: list[Expression] = []
        parts += [Word(one) for one in dict.fromkeys(words)][:MOST_ALTERNATIVES]
        parts += self.meaning_the_same(word)
        if (compound := self._compound(word)) is not None:
            parts.append(compound)
        parts += self._measured(word, parts)
        if parts and not word.isalpha():
            parts.insert(0, Word(word))  # as a part of numbers it is in no vocabulary
        return any_of(parts) if parts else None

    def _measured(self, word: str, parts: list[Expression]) -> list[Expression]:
        """`16gb` is `16 GB`, though some article spells it in one, too."""
        mixed = MIXED.fullmatch(word)
        stored = sizes(word)
        if mixed is None or mixed[2] not in self._known or (parts and mixed[2] not in UNITS):
            return stored
        return [all_of([Word(mixed[1]), Word(mixed[2])]), *stored]

    def starting(self, word: str) -> list[str]:
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

    def meaning_the_same(self, word: str) -> list[Expression]:
        bases = [word, *(word.removesuffix(ending) for ending in ENDINGS)]
        spoken = next((self._same[base] for base in bases if base in self._same), ())
        known = [words for words in spoken if all(one in self._known for one in words)]
        return [all_of([Word(one) for one in words]) for words in known]

    def _compound(self, word: str) -> Expression | None:
        """`Notebooktasche` also is a `Tasche` for a `Notebook`."""
        if len(word) < SHORTEST_COMPOUND or not word.isalpha():
            return None
        for at in range(SHORTEST_FIRST, len(word) - SHORTEST_PART + 1):
            first = self._first_part(word[:at])
            if first and (second := self._forms(word[at:])):
                longer = self._known.ending(word[at:], MOST_ALTERNATIVES)
                seconds: list[Expression] = [Word(one) for one in (*second, *longer)]
                seconds += self.meaning_the_same(word[at:])
                return all_of([any_of(first), any_of(seconds)])
        return None

    def _first_part(self, part: str) -> list[Expression]:
        """Without the sound that links it to the next: `Arbeits-` → arbeit, `Farb-` → farbe."""
        bases = [base for link in LINKS if len(base := part.removesuffix(link)) >= SHORTEST_FIRST]
        for base in (*bases, f"{part}e"):
            said: list[Expression] = [Word(base)] if base in self._known else []
            if said or base in self._same:
                return [*said, *self.meaning_the_same(base)]
        return []


def sizes(word: str) -> list[Expression]:
    """`1tb` as filters spell it: articles may say `1000 GB`."""
    mixed = MIXED.fullmatch(word)
    return [Word(mark(*pair)) for pair in stored_sizes(mixed[1], mixed[2])] if mixed else []
