"""Which articles of a file one of several readers treats, while each of them parses all of it."""

from dataclasses import dataclass
from typing import Final

RUN: Final = 500  # article elements of one reader, before the next ones are another's


@dataclass(frozen=True, slots=True)
class Share:
    """The `reader`-th (from 0) of `readers`: runs of elements in turn.

    What stands between the articles is the first one's. None of several knows the numbers of the
    others, so that one stands twice has to be found by whoever puts together what they read.
    """

    reader: int = 0
    readers: int = 1

    @property
    def whole(self) -> bool:
        return self.readers == 1

    @property
    def first(self) -> bool:
        return self.reader == 0

    def takes(self, element: int) -> bool:
        """The element with this number in the file, from 0."""
        return element // RUN % self.readers == self.reader


WHOLE: Final = Share()
