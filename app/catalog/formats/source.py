"""Opening a catalog file safely: packed or not, without entities, never from the network."""

import gzip
import io
import re
import zipfile
from typing import BinaryIO, Final

from app.catalog.formats.archive import DAMAGES, catalog_member, open_archive, open_member
from app.catalog.formats.findings import FileRefused

HEAD: Final = 262_144  # bytes searched for a document type declaration
EXPANDED_LIMIT: Final = 8 * 1024**3
EXPANSION_LIMIT: Final = 300  # real catalogs shrink by about 12, a bomb by 1,000
EXPANSION_FLOOR: Final = 8 * 1024**2
ELEMENT_LIMIT: Final = 6 * 1024**2  # the heaviest article seen has 2.3 MB; 6 can take 200 in memory

COMMENTS: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
ENTITY: Final = re.compile(r"<!ENTITY\s")
HARMLESS_ENTITY: Final = re.compile(r"<!ENTITY\s+%\s+([\w.-]+)\s+(\"[^\"%&<]*\"|'[^'%&<]*')\s*>")
HTML: Final = re.compile(r"\s*(<!doctype\s+html|<html\b)", re.IGNORECASE)
DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
ENCODINGS: Final = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
CALLED_WIDE: Final = re.compile(
    rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"'](utf-?16|utf-?32|ucs-?[24]|iso-10646-ucs-[24])",
    re.IGNORECASE,
)


class Source:
    """A readable stream with its beginning already looked at.

    `parameters` are the harmless entities, `root` the name of the outermost element as far as it
    could be seen, `archive` the zip file around the catalog, `encoding` the true one where the
    file evidently names a wrong one. Whoever parses sets `unread` to 0 at the end of every element
    that it is done with: more than ELEMENT_LIMIT bytes are refused.
    """

    def __init__(
        self,
        stream: BinaryIO,
        packed_size: int | None = None,
        archive: zipfile.ZipFile | None = None,
    ) -> None:
        self._stream = stream
        self._packed = packed_size
        self._expanded = 0
        self.archive = archive
        self.unread = 0
        self._head = self._take(HEAD)
        self.encoding = _true_encoding(self._head)
        prologue = _prologue(self._head)
        self.parameters = _checked(prologue)
        found = ROOT.search(DOCTYPE.sub("", prologue, 1))
        self.root = found[1] if found else ""

    def read(self, size: int = -1) -> bytes:
        if self._head:
            piece, self._head = (
                (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
            )
        else:
            piece = self._take(size)
        self.unread += len(piece)
        if self.unread > ELEMENT_LIMIT:
            raise FileRefused(
                "Ein einzelner Artikel oder Abschnitt der Datei ist größer als 6 MB. "
                "Bitte entfernen Sie überflüssige Merkmale.",
                "element_too_large",
            )
        return piece

    def _take(self, size: int) -> bytes:
        try:
            piece = self._stream.read(size)
        except DAMAGES as error:
            raise FileRefused(
                "Die gepackte Datei ist beschädigt oder unvollständig. Bitte erneut übertragen.",
                "archive_damaged",
            ) from error
        self._expanded += len(piece)
        if self._packed is not None and self._expanded > EXPANSION_FLOOR:
            limit = min(EXPANDED_LIMIT, self._packed * EXPANSION_LIMIT)
            if self._expanded > limit:
                raise FileRefused(
                    "Die gepackte Datei wird beim Entpacken unglaubwürdig groß.",
                    "archive_too_large",
                )
        return piece


def open_source(stream: BinaryIO) -> Source:
    """Look into `stream` (seekable): plain XML, gzip, or zip with one catalog. FileRefused."""
    magic = stream.read(4)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not magic.strip():
        raise _empty()
    if magic[:2] == b"\x1f\x8b":
        return Source(gzip.open(stream), size)  # type: ignore[arg-type]  # it reads bytes
    if magic == b"PK\x03\x04":
        archive = open_archive(stream)
        member = catalog_member(archive)
        return Source(open_member(archive, member), member.compress_size, archive)
    return Source(stream)


def _true_encoding(head: bytes) -> str | None:
    """UTF-8 for what calls itself UTF-16 in signs of one byte, as some programs save their texts.

    A parser would believe it and end at the declaration, as if the file were cut off there.
    """
    return "utf-8" if CALLED_WIDE.match(head.removeprefix(b"\xef\xbb\xbf")) else None


def _prologue(head: bytes) -> str:
    """The beginning without comments. Every sign of the prologue is ASCII in all encodings."""
    encoding = ENCODINGS.get(head[:2], "latin-1")
    return COMMENTS.sub("", head.decode(encoding, "replace").removeprefix("ï»¿"))


def _checked(prologue: str) -> frozenset[str]:
    """Names of harmless parameter entities. FileRefused for HTML and for every other entity."""
    if not prologue.strip():
        raise _empty()
    if HTML.match(prologue):
        raise FileRefused(
            "Das ist eine HTML-Seite, kein Katalog. Vermutlich wurde eine Fehlerseite gespeichert.",
            "html_page",
        )
    start = prologue.find("<!DOCTYPE")
    if start < 0:
        return frozenset()
    harmless = HARMLESS_ENTITY.findall(prologue, start)
    if ENTITY.search(HARMLESS_ENTITY.sub("", prologue[start:])):
        raise FileRefused(
            "Die Datei vereinbart XML-Entitäten. Das ist aus Sicherheitsgründen nicht erlaubt.",
            "entity_declared",
        )
    return frozenset(name for name, _ in harmless)


def _empty() -> FileRefused:
    return FileRefused("Die Datei ist leer. Bitte erneut exportieren.", "empty_file")
