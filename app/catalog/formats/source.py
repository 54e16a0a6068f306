"""Opening a catalog file safely: packed or not, without entities, never from the network."""

import gzip
import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from app.catalog.formats.findings import FileRefused

HEAD: Final = 262_144  # bytes searched for a document type declaration
EXPANDED_LIMIT: Final = 8 * 1024**3
EXPANSION_LIMIT: Final = 300  # real catalogs shrink by about 12, a bomb by 1,000
EXPANSION_FLOOR: Final = 32 * 1024**2

DAMAGES: Final = (
    OSError,
    EOFError,
    RuntimeError,  # a password protected member
    NotImplementedError,
    zlib.error,
    zipfile.BadZipFile,
)
COMMENTS: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
ENTITY: Final = re.compile(r"<!ENTITY\s")
HARMLESS_ENTITY: Final = re.compile(r"<!ENTITY\s+%\s+([\w.-]+)\s+(\"[^\"%&<]*\"|'[^'%&<]*')\s*>")
HTML: Final = re.compile(r"\s*(<!doctype\s+html|<html\b)", re.IGNORECASE)


class Source:
    """A readable stream with its beginning already looked at; `parameters` are harmless."""

    def __init__(self, stream: BinaryIO, packed_size: int | None = None) -> None:
        self._stream = stream
        self._packed = packed_size
        self._expanded = 0
        self._head = self._take(HEAD)
        self.parameters = _checked_prologue(self._head)

    def read(self, size: int = -1) -> bytes:
        if self._head:
            piece, self._head = (
                (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
            )
            return piece
        return self._take(size)

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
        raise FileRefused("Die Datei ist leer. Bitte erneut exportieren.", "empty_file")
    if magic[:2] == b"\x1f\x8b":
        return Source(gzip.open(stream), size)  # type: ignore[arg-type]  # it reads bytes
    if magic == b"PK\x03\x04":
        return Source(_catalog_in(stream), size)
    return Source(stream)


def _catalog_in(stream: BinaryIO) -> BinaryIO:
    """The one XML file at a harmless place of the archive; everything else is never unpacked."""
    try:
        archive = zipfile.ZipFile(stream)
        names = [name for name in archive.namelist() if _is_catalog(name)]
        if len(names) == 1:
            return archive.open(names[0])  # type: ignore[return-value]  # it reads bytes
    except DAMAGES as error:
        raise FileRefused("Das ZIP-Archiv ist nicht lesbar.", "archive_damaged") from error
    raise FileRefused(
        f"Das ZIP-Archiv enthält {len(names)} XML-Dateien; erwartet wird genau eine.",
        "archive_without_catalog",
    )


def _is_catalog(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() == ".xml" and not path.is_absolute() and ".." not in path.parts


def _checked_prologue(head: bytes) -> frozenset[str]:
    """Names of harmless parameter entities. FileRefused for HTML and for every other entity."""
    utf16 = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = head.decode("utf-16" if utf16 else "latin-1", "replace")
    plain = COMMENTS.sub("", text.removeprefix("ï»¿"))
    if not plain.strip():
        raise FileRefused("Die Datei ist leer. Bitte erneut exportieren.", "empty_file")
    if HTML.match(plain):
        raise FileRefused(
            "Das ist eine HTML-Seite, kein Katalog. Vermutlich wurde eine Fehlerseite gespeichert.",
            "html_page",
        )
    start = plain.find("<!DOCTYPE")
    if start < 0:
        return frozenset()
    harmless = HARMLESS_ENTITY.findall(plain, start)
    if ENTITY.search(HARMLESS_ENTITY.sub("", plain[start:])):
        raise FileRefused(
            "Die Datei vereinbart XML-Entitäten. Das ist aus Sicherheitsgründen nicht erlaubt.",
            "entity_declared",
        )
    return frozenset(name for name, _ in harmless)
