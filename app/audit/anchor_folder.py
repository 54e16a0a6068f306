"""Where anchors are kept outside the database: one growing file and the public keys beside it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from app.audit.anchor import key_id
from app.kernel.errors import Conflict

FILE: Final = "anchors.jsonl"
NO_KEY: Final = "Die Datei ist kein privater Ed25519-Schlüssel (PEM)"


@dataclass(frozen=True, slots=True)
class AnchorFolder:
    """A folder that backups and auditors copy away; `key_file` is secret and stays."""

    folder: Path
    key_file: Path

    @property
    def file(self) -> Path:
        return self.folder / FILE

    def lines(self) -> list[str]:
        """The oldest first; nothing where never anything was sealed."""
        return self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []

    def add(self, line: str) -> None:
        """Behind all others and on the disk, before anybody relies on it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            os.write(descriptor, f"{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def private_key(self) -> Ed25519PrivateKey:
        """Made at first use; its public half is put beside the anchors. Conflict: not a key."""
        if not self.key_file.exists():
            _write_private(self.key_file)
        try:
            key = load_pem_private_key(self.key_file.read_bytes(), None)
        except (ValueError, TypeError):
            raise Conflict(f"{NO_KEY}: {self.key_file}", "anchor_key") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise Conflict(f"{NO_KEY}: {self.key_file}", "anchor_key")
        self._publish(key.public_key())
        return key

    def public_keys(self) -> dict[str, Ed25519PublicKey]:
        """By their fingerprint; former keys stay in the folder and keep proving their anchors."""
        found = {}
        for file in sorted(self.folder.glob("*.pub.pem")):
            key = load_pem_public_key(file.read_bytes())
            if isinstance(key, Ed25519PublicKey):
                found[key_id(key)] = key
        return found

    def _publish(self, key: Ed25519PublicKey) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{key_id(key)[:16]}.pub.pem"
        if not target.exists():
            target.write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _write_private(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(pem)
