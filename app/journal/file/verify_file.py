"""Verifying an exported file without a database: hashes, the memo, every decision in it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as CutStream  # noqa: N812 - it is a class

from app.eligibility.judging.verify_decision import verify_decision
from app.kernel.canonical import canonical_json, sha256_hex

MANIFEST: Final = "manifest.json"
LARGEST_MEMBER: Final = 200_000_000
LARGEST_MANIFEST: Final = 20_000_000
NOT_A_FILE: Final = "Das ist keine Akte: ein ZIP mit manifest.json wird erwartet."


@dataclass(frozen=True, slots=True)
class FileVerified:
    """How many files and decisions were looked at, and every difference in German."""

    files: int
    decisions: int
    findings: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.findings


def verify_file(file: BinaryIO) -> FileVerified:
    """One order's file, or a year's with a folder for each order. Never raises for bad input."""
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            folders = [name.removesuffix(MANIFEST) for name in names if _is_manifest(name)]
            if not folders:
                return FileVerified(0, 0, (NOT_A_FILE,))
            found = [_verify(archive, folder) for folder in folders]
    except (BadZipFile, CutStream, OSError, RuntimeError, NotImplementedError, EOFError):
        return FileVerified(0, 0, (NOT_A_FILE,))
    return FileVerified(
        sum(one.files for one in found),
        sum(one.decisions for one in found),
        tuple(finding for one in found for finding in one.findings),
    )


def _is_manifest(name: str) -> bool:
    return name == MANIFEST or name.endswith(f"/{MANIFEST}")


def _verify(archive: ZipFile, folder: str) -> FileVerified:
    named = _named(archive, folder)
    if named is None:
        return FileVerified(0, 0, (f"{folder}{MANIFEST}: das Verzeichnis ist nicht lesbar.",))
    present = {
        name.removeprefix(folder)
        for name in archive.namelist()
        if name.startswith(folder) and "/" not in name.removeprefix(folder)
    }
    findings = [f"{folder}{name}: kommt mehrfach vor." for name in _twice(archive, folder)]
    findings += [f"{folder}{fault}" for fault in _listing_faults(named, present)]
    decisions = 0
    for name, digest in named.items():
        if name not in present:
            findings.append(f"{folder}{name}: fehlt.")
            continue
        if archive.getinfo(folder + name).file_size > LARGEST_MEMBER:
            findings.append(f"{folder}{name}: ist zu groß zum Prüfen.")
            continue
        data = archive.read(folder + name)
        if sha256_hex(data) != digest:
            findings.append(f"{folder}{name}: wurde verändert, die Prüfsumme ist eine andere.")
        if name.startswith("Inhouse-Entscheidung-"):
            decisions += 1
            findings += _decision(folder + name, data)
        if name.startswith("Abrufvermerk-") and name.endswith(".json"):
            findings += _memo(folder + name, data)
    return FileVerified(len(named), decisions, tuple(findings))


def _listing_faults(named: dict[str, str], present: set[str]) -> Iterator[str]:
    if not named:
        yield f"{MANIFEST}: das Verzeichnis nennt keine Datei."
    for name in sorted(present - {MANIFEST, *named}):
        yield f"{name}: steht nicht im Verzeichnis."


def _twice(archive: ZipFile, folder: str) -> list[str]:
    """Of two files with one name a program unpacks this one, another program that one."""
    names = Counter(name for name in archive.namelist() if name.startswith(folder))
    return sorted(name.removeprefix(folder) for name, count in names.items() if count > 1)


def _named(archive: ZipFile, folder: str) -> dict[str, str] | None:
    """Hashes by name; None where the manifest is none, too large, or names a file twice."""
    if archive.getinfo(folder + MANIFEST).file_size > LARGEST_MANIFEST:
        return None
    try:
        manifest = json.loads(archive.read(folder + MANIFEST))
        pairs = [(str(one["name"]), str(one["sha256"])) for one in manifest["files"]]
    except (ValueError, KeyError, TypeError, RecursionError, BadZipFile):
        return None
    named = dict(pairs)
    return named if len(named) == len(pairs) else None


def _decision(name: str, data: bytes) -> Iterator[str]:
    result = verify_decision(data)
    if not result.sound:
        told = "; ".join(str(difference) for difference in result.differences)
        yield f"{name}: die Entscheidung lässt sich nicht nachrechnen ({told})."


def _memo(name: str, data: bytes) -> Iterator[str]:
    """Its hash covers all its facts while the field of the hash is empty."""
    try:
        facts: dict[str, Any] = json.loads(data)
        stated = facts["sha256"]
        computed = sha256_hex(canonical_json(facts | {"sha256": ""}))
    except (ValueError, KeyError, TypeError, RecursionError):
        yield f"{name}: der Vermerk ist nicht lesbar."
        return
    if stated != computed:
        yield f"{name}: der Vermerk passt nicht zu seiner Prüfsumme."
