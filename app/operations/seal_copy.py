"""The checksum at the end of a backup: what changed a single bit of it is found.

SQLite's own check sees a broken structure, but not an amount that a failing disk changed. Bytes
behind its last page do not disturb SQLite, so the file can still be opened with its tools.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.kernel.errors import Conflict

CHUNK: Final = 1 << 20
SEAL: Final = re.compile(rb"\nkitu-backup-sha256:([0-9a-f]{64})\n")
LENGTH: Final = len("\nkitu-backup-sha256:") + 64 + 1
PAGE: Final = 512
"""Every file of SQLite is a multiple of its smallest page."""


def seal(file: Path) -> None:
    """Put the checksum of all that is there behind it."""
    proof = f"\nkitu-backup-sha256:{_digest(file, file.stat().st_size)}\n"
    with file.open("ab") as target:
        target.write(proof.encode("ascii"))


def copy_unsealed(sealed: Path, target: Path) -> bool:
    """Copy what lies before the seal, if there is one. Conflict where they do not fit together."""
    length = sealed.stat().st_size - LENGTH
    with sealed.open("rb") as source:
        source.seek(max(0, length))
        found = SEAL.fullmatch(source.read())
        if found is None:
            if (length + LENGTH) % PAGE:
                raise Conflict("Die Datei ist beschädigt: ihr Ende fehlt.", "database_damaged")
            return False
        source.seek(0)
        counted = sha256()
        with target.open("wb") as copy:
            while part := source.read(min(CHUNK, length - source.tell())):
                counted.update(part)
                copy.write(part)
    if counted.hexdigest() != found[1].decode("ascii"):
        text = "Die Datei ist beschädigt: ihre Prüfsumme stimmt nicht."
        raise Conflict(text, "database_damaged")
    return True


def _digest(file: Path, length: int) -> str:
    counted = sha256()
    with file.open("rb") as source:
        while part := source.read(min(CHUNK, length - source.tell())):
            counted.update(part)
    return counted.hexdigest()
