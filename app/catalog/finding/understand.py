"""From what somebody typed to what must stand in an article's index."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.catalog.finding.alternatives import Alternatives, sizes
from app.catalog.finding.entry import NUMBER
from app.catalog.finding.expression import Expression, Word, all_of, any_of
from app.catalog.finding.same_words import Spoken, said_alone
from app.catalog.finding.typed import (
    chunks_of,
    cuts,
    decimal_words,
    is_code_apart,
    resolution_words,
)
from app.catalog.finding.vocabulary import Vocabulary
from app.catalog.finding.words import compact, mark, words_of

SHORTEST_NUMBER: Final = 3
SHORTEST_CODE: Final = 5


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the index answers for numbers of articles; both cost a look into the database."""

    known: Callable[[str], bool]  # a mark
    holding: Callable[[str], bool]  # a fragment


@dataclass(frozen=True, slots=True)
class Understood:
    """A number must hold each of the `fragments`, and `wanted` (where not None) must be said.

    `spoken` are the words to rank by, per typed word; `meant` what was read instead of what.
    `nothing`: there were signs, but no word among them. `unknown`: words that no article uses.
    """

    wanted: Expression | None
    fragments: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...]
    meant: tuple[tuple[str, str], ...]
    nothing: bool = False
    unknown: tuple[str, ...] = ()


NOTHING_TYPED: Final = Understood(None, (), (), ())


def understand(
    typed: str, known: Vocabulary, same: dict[str, tuple[Spoken, ...]], numbers: Numbers
) -> Understood:
    """Every typed word must be found: itself, inflected, as part of a word, or what it means."""
    reading = _Reading(known, same, numbers)
    read = reading.all(chunks_of(typed))
    wanted = all_of(read) if read else None
    fragments = tuple(dict.fromkeys(reading.fragments))
    nothing = wanted is None and not fragments
    return Understood(
        wanted,
        fragments,
        tuple(reading.spoken),
        tuple(reading.meant),
        nothing,
        tuple(reading.unknown),
    )


class _Reading:
    def __init__(
        self, known: Vocabulary, same: dict[str, tuple[Spoken, ...]], numbers: Numbers
    ) -> None:
        self.fragments: list[str] = []
        self.spoken: list[tuple[str, ...]] = []
        self.meant: list[tuple[str, str]] = []
        self.unknown: list[str] = []
        self._known = known
        self._same = same
        self._numbers = numbers
        self._alternatives = Alternatives(known, same)

    def all(self, chunks: list[str]) -> list[Expression]:
        read: list[Expression] = []
        while chunks:
            together = self._together(chunks) if len(chunks) > 1 else None
            one, many = together or (self._chunk(chunks[0]), 1)
            chunks = chunks[many:]
            if one is not None:
                read.append(one)
        return read

    def _together(self, chunks: list[str]) -> tuple[Expression, int] | None:
        """What the first few say together, and how many these are."""
        for many in (3, 2):
            some = chunks[:many]
            if len(some) == many and (joined := self._joined(some)):
                apart = self._apart(some)
                if not apart:
                    self.spoken.append((compact("".join(some)),))
                return any_of([*apart, *joined]), many
        return None

    def _joined(self, chunks: list[str]) -> list[Expression]:
        """`1 TB` as it is stored, `docking station` as one word, `CF 259A` as one number."""
        small = compact("".join(chunks))
        if (found := sizes(small)) or small in self._same:
            return found or self._alternatives.meaning_the_same(small)
        if not is_code_apart(chunks):
            return []
        if self._alternatives.starting(small):
            return [Word(one) for one in self._alternatives.starting(small)]
        exact = mark(NUMBER, small)
        return [Word(exact)] if len(small) >= SHORTEST_CODE and self._numbers.known(exact) else []

    def _apart(self, chunks: list[str]) -> list[Expression]:
        """The same one by one; nothing where it would take fragments of numbers.

        Together they are known, so none of them alone is a mistake or unknown.
        """
        fragments, spoken = len(self.fragments), len(self.spoken)
        meant, unknown = len(self.meant), len(self.unknown)
        read = [one for chunk in chunks if (one := self._chunk(chunk)) is not None]
        del self.meant[meant:], self.unknown[unknown:]
        if len(self.fragments) == fragments:
            return [all_of(read)]
        del self.fragments[fragments:], self.spoken[spoken:]
        return []

    def _sayable(self) -> list[str]:
        """Words that stand for something in the catalog, though it does not use them."""
        return [word for word in said_alone() if self._alternatives.meaning_the_same(word)]

    def _chunk(self, chunk: str) -> Expression | None:
        """None for a fragment of a number."""
        words = words_of(chunk)
        if not words:
            return None
        small = compact(chunk)
        if size := decimal_words(chunk):
            exact = mark(NUMBER, small)
            known = [Word(exact)] if self._numbers.known(exact) else []
            return any_of([*known, self._exactly(size)])
        if len(small) >= SHORTEST_NUMBER and not small.isalpha():
            return self._number(words, small)
        return self._words(words)

    def _number(self, words: list[str], small: str) -> Expression | None:
        """An exact number, a word with digits, or the fragment of a number."""
        exact = mark(NUMBER, small)
        if self._numbers.known(exact):
            return any_of([Word(exact), *self._longer(words)])
        if "x" in small and (size := resolution_words(small)):
            return any_of([Word(small), self._exactly(size)])
        if len(words) == 1 and (read := self._as_words(words) or self._cut(small)):
            return read
        if len(words) == 1 or self._numbers.holding(small):
            self.fragments.append(small)
            return None
        return self._words(words)

    def _longer(self, words: list[str]) -> list[Expression]:
        """What begins like a number that is one itself: `UX325EA` is a part of `UX325EA-KG245`."""
        if len(words) > 1:
            return []
        read = self._as_words(words)
        return [read] if read else [Word(word) for word in words if not word.isdigit()]

    def _as_words(self, words: list[str]) -> Expression | None:
        read = [self._alternatives.of(word) for word in words]
        if not all(read):
            return None
        self.spoken.extend((word,) for word in words)
        return all_of([one for one in read if one is not None])

    def _exactly(self, words: list[str]) -> Expression:
        self.spoken.extend((word,) for word in words)
        return all_of([Word(word) for word in words])

    def _cut(self, small: str) -> Expression | None:
        """`tk3160` is `TK-3160`, unless some number holds it as it stands."""
        known = (cut for cut in cuts(small) if all(part in self._known for part in cut))
        cut = next(known, None)
        return self._exactly(cut) if cut and not self._numbers.holding(small) else None

    def _words(self, words: list[str]) -> Expression:
        """Words with a hyphen between them may stand in the catalog as one."""
        apart = all_of([self._word(word) for word in words])
        joined = self._alternatives.of("".join(words)) if len(words) > 1 else None
        return any_of([apart, *([joined] if joined else [])])

    def _word(self, word: str) -> Expression:
        found = self._alternatives.of(word)
        if found is None and (meant := self._known.close_to(word, self._sayable())) is not None:
            self.meant.append((word, meant))
            word, found = meant, self._alternatives.of(meant)
        if found is None:
            self.unknown.append(word)
        synonyms = [spoken[0] for spoken in self._same.get(word, ()) if len(spoken) == 1]
        self.spoken.append((word, *synonyms[:3]))
        return found or Word(word)
