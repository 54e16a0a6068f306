"""Archives with a catalog and its pictures: looked into, never unpacked, bounded in size."""

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from app.catalog.formats.findings import FileRefused

DAMAGES: Final = (
    OSError,
    EOFError,
    RuntimeError,  # a password protected member
    NotImplementedError,
    ValueError,
    zlib.error,
    zipfile.BadZipFile,
)
DIRECTORY_LIMIT: Final = 8 * 1024**2  # bytes: some 70,000 files; each takes half a kB of memory
END_SIGNATURE: Final = b"PK\x05\x06"
END_SIZE: Final = 22
LONGEST_COMMENT: Final = 65_535
DIRECTORY_SIZE_AT: Final = 12
ZIP64_SIGNATURE: Final = b"PK\x06\x07"
ZIP64_SIZE: Final = 20


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """A zip file whose directory fits in memory. FileRefused."""
    try:
        if _directory_size(stream) > DIRECTORY_LIMIT:
            raise FileRefused(
                "Das ZIP-Archiv enthält zu viele Dateien oder ist ein ZIP64-Archiv. "
                "Bitte teilen Sie es oder liefern Sie den Katalog ohne Bilder.",
                "archive_too_large",
            )
        return zipfile.ZipFile(stream)
    except DAMAGES as error:
        raise _unreadable() from error


def catalog_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one XML file at a harmless place; everything else is never opened. FileRefused."""
    members = [member for member in archive.infolist() if _is_catalog(member.filename)]
    if len(members) == 1:
        return members[0]
    raise FileRefused(
        f"Das ZIP-Archiv enthält {len(members)} XML-Dateien; erwartet wird genau eine.",
        "archive_without_catalog",
    )


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    try:
        return archive.open(member)  # type: ignore[return-value]  # it reads bytes
    except DAMAGES as error:
        raise _unreadable() from error


def is_harmless(name: str) -> bool:
    """Whether the name stays inside the archive on every system."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name


def _is_catalog(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() == ".xml" and not hidden and is_harmless(name)


def _directory_size(stream: BinaryIO) -> int:
    """What the archive's end says before a byte of the directory is read; ZIP64 counts as huge."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - END_SIZE - LONGEST_COMMENT - ZIP64_SIZE))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(END_SIGNATURE)
    if end < 0 or len(tail) - end < END_SIZE:
        raise zipfile.BadZipFile("no end of the directory")
    if tail[max(0, end - ZIP64_SIZE) : end].startswith(ZIP64_SIGNATURE):
        return DIRECTORY_LIMIT + 1
    return int(struct.unpack_from("<L", tail, end + DIRECTORY_SIZE_AT)[0])


def _unreadable() -> FileRefused:
    return FileRefused(
        "Das ZIP-Archiv ist beschädigt oder verschlüsselt. Bitte erneut übertragen.",
        "archive_damaged",
    )
