"""Archives with a catalog and its pictures: looked into, never unpacked, bounded in size."""

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from app.archive.zip_directory import directory_size
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
SPREADSHEET: Final = frozenset({"mimetype", "content.xml"})
DIRECTORY_LIMIT: Final = 8 * 1024**2  # bytes: some 70,000 files; each takes half a kB of memory


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """A zip file whose directory fits in memory. FileRefused."""
    try:
        if directory_size(stream) > DIRECTORY_LIMIT:
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
    if set(archive.namelist()) >= SPREADSHEET:
        raise FileRefused(
            "Tabellen von LibreOffice (.ods) werden nicht gelesen. Bitte als .xlsx oder CSV "
            "speichern.",
            "not_a_table",
        )
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


def _unreadable() -> FileRefused:
    return FileRefused(
        "Das ZIP-Archiv ist beschädigt oder verschlüsselt. Bitte erneut übertragen.",
        "archive_damaged",
    )
