"""A day's anchor: the ends of all chains, their Merkle root, and a signature over both."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.audit.merkle import Head, merkle_root
from app.audit.records import GENESIS
from app.kernel.canonical import canonical_json, sha256_hex

UNREADABLE: Final = "Diese Zeile ist kein lesbarer Anker."


@dataclass(frozen=True, slots=True)
class Anchor:
    """What was sealed; `previous_sha256` is the hash of the line of the anchor before."""

    number: int
    day: date
    sealed_at: datetime
    heads: tuple[Head, ...]
    root: str
    previous_sha256: str
    key_id: str
    signature: str

    @property
    def rows(self) -> int:
        return sum(head.length for head in self.heads)

    @property
    def line(self) -> str:
        """The one line by which the anchor is kept outside the database."""
        return canonical_json({**_said(self), "signature": self.signature})

    @property
    def sha256(self) -> str:
        return sha256_hex(self.line)


class UnreadableAnchor(ValueError):
    """A line of the anchor file that no anchor ever was."""


def sign(
    key: Ed25519PrivateKey, now: datetime, day: date, heads: tuple[Head, ...], last: Anchor | None
) -> Anchor:
    """The next anchor after `last`."""
    ordered = tuple(sorted(heads, key=lambda head: head.stream))
    unsigned = Anchor(
        number=1 if last is None else last.number + 1,
        day=day,
        sealed_at=now.astimezone(UTC),
        heads=ordered,
        root=merkle_root(ordered),
        previous_sha256=GENESIS if last is None else last.sha256,
        key_id=key_id(key.public_key()),
        signature="",
    )
    signature = key.sign(canonical_json(_said(unsigned)).encode())
    return replace(unsigned, signature=b64encode(signature).decode())


def read_anchor(line: str) -> Anchor:
    """UnreadableAnchor where the line was damaged."""
    try:
        said = json.loads(line)
        return Anchor(
            number=int(said["number"]),
            day=date.fromisoformat(said["day"]),
            sealed_at=datetime.fromisoformat(said["sealed_at"]),
            heads=tuple(
                Head(str(name), int(length), str(digest)) for name, length, digest in said["heads"]
            ),
            root=str(said["root"]),
            previous_sha256=str(said["previous"]),
            key_id=str(said["key"]),
            signature=str(said["signature"]),
        )
    except (ValueError, KeyError, TypeError):
        raise UnreadableAnchor(UNREADABLE) from None


def fault_of(anchor: Anchor, last: Anchor | None, keys: dict[str, Ed25519PublicKey]) -> str | None:
    """Why the anchor proves nothing, in German; None where it holds and follows `last`."""
    if anchor.root != merkle_root(anchor.heads):
        return "Die Merkle-Wurzel passt nicht zu den Ketten, die der Anker nennt."
    key = keys.get(anchor.key_id)
    if key is None:
        return "Zu diesem Anker fehlt der öffentliche Schlüssel."
    try:
        key.verify(b64decode(anchor.signature), canonical_json(_said(anchor)).encode())
    except (InvalidSignature, ValueError):
        return "Die Signatur passt nicht zum Inhalt."
    expected = (1, GENESIS) if last is None else (last.number + 1, last.sha256)
    if (anchor.number, anchor.previous_sha256) != expected:
        return f"Der Anker schließt nicht an Anker {expected[0] - 1} an."
    return None


def key_id(key: Ed25519PublicKey) -> str:
    """The SHA-256 of the raw public key: what stands on paper."""
    return sha256_hex(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def _said(anchor: Anchor) -> dict[str, object]:
    return {
        "number": anchor.number,
        "day": anchor.day.isoformat(),
        "sealed_at": anchor.sealed_at.isoformat(),
        "heads": [[head.stream, head.length, head.sha256] for head in anchor.heads],
        "root": anchor.root,
        "previous": anchor.previous_sha256,
        "key": anchor.key_id,
    }
