"""The pictures and documents that travel with a catalog in one archive."""

import hashlib
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO, Final, NamedTuple

from app.catalog.formats.archive import DAMAGES, is_harmless, open_archive
from app.catalog.formats.findings import Fault
from app.catalog.formats.values import Media

LARGEST: Final = 20 * 1024**2  # bytes of one unpacked file
ENDS: Final = 4  # folders from which the end of a path may be given
ZIP: Final = b"PK\x03\x04"


class MediaContent(NamedTuple):
    """One unpacked file; `sha256` in hexadecimal."""

    name: str
    sha256: str
    content: bytes


class MediaSource:
    """Finds the files that articles name; without an archive there are none.

    `root` is the catalog's MIME_ROOT, where it is known. Names are compared without regard to
    case; the end of a path is enough where only one file of the archive has it.
    """

    def __init__(self, archive: zipfile.ZipFile | None = None, root: str = "") -> None:
        self._archive = archive
        self.root = root
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._ends: dict[str, zipfile.ZipInfo | None] = {}
        for member in archive.infolist() if archive is not None else ():
            if member.is_dir() or not is_harmless(member.filename):
                continue
            path = _plain(member.filename)
            self._members[path] = member
            parts = path.split("/")
            for start in range(max(1, len(parts) - ENDS), len(parts)):
                end = "/".join(parts[start:])
                self._ends[end] = None if end in self._ends else member

    def fault(self, media: Media) -> Fault | None:
        """Why the archive cannot give this file; None where it can or nobody expects it to."""
        if self._archive is None or "://" in media.source:
            return None
        if not is_harmless(media.source.lstrip("/\\")):
            return Fault.MEDIA_UNSAFE
        member = self._member(media)
        return Fault.MEDIA_MISSING if member is None or member.file_size > LARGEST else None

    def print_of(self, media: Media) -> str:
        """Tells the file's bytes from others of the same name, without unpacking; '' without it."""
        member = self._member(media)
        return "" if member is None else f"{member.CRC:08x}-{member.file_size}"

    def find(self, media: Media) -> MediaContent | None:
        """The file, or None: not in the archive, too large, unsafe or damaged."""
        member = self._member(media)
        if self._archive is None or member is None or self.fault(media) is not None:
            return None
        try:
            with self._archive.open(member) as packed:
                content = packed.read(LARGEST + 1)
        except DAMAGES:
            return None
        if len(content) > LARGEST:
            return None
        digest = hashlib.sha256(content).hexdigest()
        return MediaContent(PurePosixPath(member.filename).name, digest, content)

    def _member(self, media: Media) -> zipfile.ZipInfo | None:
        if not self._members:
            return None
        source = _plain(media.source)
        root = _plain(self.root) if "://" not in self.root else ""
        name = PurePosixPath(source).name
        for path in (f"{root}/{source}".strip("/"), source):
            if path in self._members:
                return self._members[path]
        # Archives are also packed flat; a file of this name in some other folder is another one.
        return self._ends.get(source) or self._members.get(name)


def open_media(stream: BinaryIO, root: str = "") -> MediaSource:
    """The files beside a catalog that was read before; `stream` is the whole upload again."""
    magic = stream.read(len(ZIP))
    stream.seek(0)
    return MediaSource(open_archive(stream) if magic == ZIP else None, root)


def _plain(name: str) -> str:
    path = name.replace("\\", "/").strip("/").casefold()
    return "/".join(part for part in path.split("/") if part not in {"", "."})
