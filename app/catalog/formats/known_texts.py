"""Articles that a file repeats word for word: told by their text, so nobody has to read them."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from app.catalog.formats.values import Header

READING: Final = 2
"""Of how articles are read; a higher one has every article of every file read again."""

SIZE: Final = 16  # bytes of a digest; SHA-256 is cut to it, which processors help with
START: Final = 2  # of them by which digests are kept together


class KnownTexts:
    """Digests of published articles with their text, 20 MB for a million.

    `context` is all that decides how an article is read and that does not stand in its file.
    """

    def __init__(self, context: str = "", digests: Iterable[str] = ()) -> None:
        self.context = context
        self._by_start: defaultdict[bytes, bytearray] = defaultdict(bytearray)
        for written in digests:
            digest = bytes.fromhex(written)
            self._by_start[digest[:START]] += digest

    @property
    def articles(self) -> int:
        return sum(map(len, self._by_start.values())) // SIZE

    def holds(self, digest: bytes) -> bool:
        return digest in self._by_start.get(digest[:START], b"")


class TextDigest:
    """Digests of the article elements of one file."""

    def __init__(self, header: Header, context: str) -> None:
        said = (
            READING,
            context,
            header.version,
            header.currency,
            header.price_factor,
            header.valid_from,
            header.valid_until,
        )
        self._begun = sha256(repr(said).encode())

    def of(self, element: Element) -> bytes:
        digest = self._begun.copy()
        digest.update(etree.tostring(element, with_tail=False))
        return digest.digest()[:SIZE]
