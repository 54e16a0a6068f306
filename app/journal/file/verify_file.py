"""Verifying an exported file without a database: hashes, the memo, every decision in it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as CutStream  # noqa: N812 - it is a class

from app.archive.zip_directory import directory_size
from app.eligibility.judging.verify_decision import Verification, verify_decision
from app.kernel.canonical import canonical_json, sha256_hex

MANIFEST: Final = "manifest.json"
DECISION: Final = "Inhouse-Entscheidung-"
LARGEST_MEMBER: Final = 200_000_000
LARGEST_JSON: Final = 20_000_000  # what is read whole: the manifest, a decision, a memo
PIECE: Final = 1 << 20
NOT_A_FILE: Final = "Das ist keine Akte: ein ZIP mit manifest.json wird erwartet."
TOO_MUCH: Final = (
    "Diese Akte ist zu groß, um sie auf der Seite zu prüfen. Ohne Grenze prüft sie auf jedem "
    "Rechner mit dem Programm „kitu file verify Akte.zip“."
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold at most: bytes of its directory, bytes unpacked, decisions."""

    directory: int
    unpacked: int
    decisions: int


ON_A_PAGE: Final = Bounds(directory=1_000_000, unpacked=300_000_000, decisions=500)


@dataclass(frozen=True, slots=True)
class FileVerified:
    """How many files were looked at, the hashes of the decisions, every difference in German."""

    files: int
    hashes: tuple[str, ...]
    findings: tuple[str, ...]

    @property
    def decisions(self) -> int:
        return len(self.hashes)

    @property
    def sound(self) -> bool:
        return not self.findings


def verify_file(file: BinaryIO, bounds: Bounds | None = None) -> FileVerified:
    """One order's file, or a year's with a folder for each order. Never raises for bad input."""
    try:
        if bounds is not None and directory_size(file) > bounds.directory:
            return _refused(TOO_MUCH)
        with ZipFile(file) as archive:
            if bounds is not None and _is_beyond(archive, bounds):
                return _refused(TOO_MUCH)
            return _verify_all(archive)
    except (BadZipFile, CutStream, OSError, RuntimeError, NotImplementedError, EOFError):
        return _refused(NOT_A_FILE)


def _refused(finding: str) -> FileVerified:
    return FileVerified(0, (), (finding,))


def _is_beyond(archive: ZipFile, bounds: Bounds) -> bool:
    """By what its directory says; no more than that is unpacked of any file."""
    unpacked = sum(member.file_size for member in archive.infolist())
    decisions = sum(DECISION in name for name in archive.namelist())
    return unpacked > bounds.unpacked or decisions > bounds.decisions


def _verify_all(archive: ZipFile) -> FileVerified:
    folders: dict[str, Counter[str]] = defaultdict(Counter)
    for path in archive.namelist():
        folder, slash, name = path.rpartition("/")
        if name:
            folders[folder + slash][name] += 1
    found = [
        _verify(archive, folder, names) for folder, names in folders.items() if MANIFEST in names
    ]
    if not found:
        return _refused(NOT_A_FILE)
    stray = [
        f"{folder}{name}: steht in keinem Verzeichnis."
        for folder, names in folders.items()
        if folder and MANIFEST not in names
        for name in names
    ]
    return FileVerified(
        sum(one.files for one in found),
        tuple(sha256 for one in found for sha256 in one.hashes),
        tuple(finding for one in found for finding in one.findings) + tuple(stray),
    )


def _verify(archive: ZipFile, folder: str, names: Mapping[str, int]) -> FileVerified:
    named = _named(archive, folder)
    if named is None:
        return _refused(f"{folder}{MANIFEST}: das Verzeichnis ist nicht lesbar.")
    # Of two files with one name a program unpacks this one, another program that one.
    twice = sorted(name for name, count in names.items() if count > 1)
    findings = [f"{folder}{name}: kommt mehrfach vor." for name in twice]
    findings += [f"{folder}{fault}" for fault in _listing_faults(named, set(names))]
    hashes: list[str] = []
    for name, digest in named.items():
        path = folder + name
        if name not in names:
            findings.append(f"{path}: fehlt.")
            continue
        if archive.getinfo(path).file_size > _largest(name):
            findings.append(f"{path}: ist zu groß zum Prüfen.")
            continue
        if _sha256(archive, path) != digest:
            findings.append(f"{path}: wurde verändert, die Prüfsumme ist eine andere.")
        if name.startswith(DECISION):
            proof = verify_decision(archive.read(path))
            hashes.append(proof.sha256)
            findings += _decision(path, proof)
        if _is_memo(name):
            findings += _memo(path, archive.read(path))
    return FileVerified(len(named), tuple(hashes), tuple(findings))


def _is_memo(name: str) -> bool:
    return name.startswith("Abrufvermerk-") and name.endswith(".json")


def _largest(name: str) -> int:
    return LARGEST_JSON if name.startswith(DECISION) or _is_memo(name) else LARGEST_MEMBER


def _sha256(archive: ZipFile, path: str) -> str:
    found = sha256()
    with archive.open(path) as stream:
        while piece := stream.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def _listing_faults(named: dict[str, str], present: set[str]) -> Iterator[str]:
    if not named:
        yield f"{MANIFEST}: das Verzeichnis nennt keine Datei."
    for name in sorted(present - {MANIFEST, *named}):
        yield f"{name}: steht nicht im Verzeichnis."


def _named(archive: ZipFile, folder: str) -> dict[str, str] | None:
    """Hashes by name; None where the manifest is none, too large, or names a file twice."""
    if archive.getinfo(folder + MANIFEST).file_size > LARGEST_JSON:
        return None
    try:
        manifest = json.loads(archive.read(folder + MANIFEST))
        pairs = [(str(one["name"]), str(one["sha256"])) for one in manifest["files"]]
    except (ValueError, KeyError, TypeError, RecursionError, BadZipFile):
        return None
    named = dict(pairs)
    return named if len(named) == len(pairs) else None


def _decision(name: str, proof: Verification) -> Iterator[str]:
    if not proof.sound:
        told = "; ".join(str(difference) for difference in proof.differences)
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
