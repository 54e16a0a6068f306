"""One root over the ends of all chains: whoever knows it can prove every one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Head:
    """The end of one chain: how many rows it has and the hash of the last one."""

    stream: str
    length: int
    sha256: str


def merkle_root(heads: Iterable[Head]) -> str:
    """In hex over the heads by name; leaves and nodes are marked apart (RFC 6962)."""
    leaves = sorted(heads, key=lambda head: head.stream)
    return _root([_leaf(head) for head in leaves]).hex()


def _leaf(head: Head) -> bytes:
    return sha256(b"\x00" + f"{head.stream}\n{head.length}\n{head.sha256}".encode()).digest()


def _root(level: Sequence[bytes]) -> bytes:
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        paired = [
            sha256(b"\x01" + level[at] + level[at + 1]).digest()
            for at in range(0, len(level) - 1, 2)
        ]
        # A node without a neighbour moves up as it is, so no leaf ever counts twice.
        level = paired if len(level) % 2 == 0 else [*paired, level[-1]]
    return level[0]
