"""All words of the catalog as one text: parts of words are found at the speed of `str.find`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.finding.records import SearchWord
from app.catalog.finding.spelling import mistakes_forgiven, nearest, pieces
from app.database.marks import CATALOG, Kept

MOST_OF_A_PIECE: Final = 1500
LINE: Final = "\n"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`text`: every word once, each in a line of its own, shortest first."""

    text: str

    def __contains__(self, word: str) -> bool:
        return f"{LINE}{word}{LINE}" in self.text

    def beginning(self, start: str, most: int) -> list[str]:
        """Words that begin so, the shortest first."""
        return list(islice(self._lines(LINE + start), most))

    def containing(self, part: str, most: int) -> list[str]:
        return list(islice(self._lines(part), most))

    def ending(self, end: str, most: int) -> list[str]:
        return list(islice(self._lines(end + LINE), most))

    def close_to(self, word: str, others: Iterable[str] = ()) -> str | None:
        """What was probably meant by a word that is not here; `others` people may say, too."""
        mistakes = mistakes_forgiven(word)
        if not mistakes:
            return None
        near = {*others} | {
            one
            for piece in pieces(word, mistakes)
            for one in islice(self._lines(piece), MOST_OF_A_PIECE)
            if abs(len(one) - len(word)) <= mistakes and one.isalpha()
        }
        return nearest(word, sorted(near))

    def _lines(self, part: str) -> Iterator[str]:
        """Every word with `part` in it, once; `part` may begin or end with a line's end."""
        text, shift = self.text, part.startswith(LINE)
        at = text.find(part)
        while at >= 0:
            start = at + 1 if shift else text.rfind(LINE, 0, at) + 1
            end = text.find(LINE, start)
            yield text[start:end]
            at = text.find(part, end)


def vocabulary_of(words: Iterable[str]) -> Vocabulary:
    ordered = sorted(set(words), key=lambda word: (len(word), word))
    return Vocabulary(LINE + LINE.join(ordered) + LINE)


KNOWN: Final[Kept[Vocabulary]] = Kept(most=4, marks=(CATALOG,))


def vocabulary(session: Session) -> Vocabulary:
    """Read once per state of the catalog and process."""
    words = select(SearchWord.word)
    return KNOWN.get(session, "words", lambda: vocabulary_of(session.scalars(words)))
