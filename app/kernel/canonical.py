"""One text for one value, so that a hash proves the value years later."""

import json
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain
from typing import Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_SCALARS: Final = frozenset({str, int, bool, type(None)})


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, UTF-8; floats are refused because their text is not stable."""
    text = _ENCODER.encode(value)
    _refuse_floats(value)
    return text


def sha256_hex(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _refuse_floats(document: object) -> None:
    """Level by level: a document has few of them, however many values."""
    level: list[object] = [document]
    while not _SCALARS.issuperset(kinds := set(map(type, level))):
        if any(issubclass(kind, float) for kind in kinds):
            raise TypeError("a canonical document holds no floating point number")
        groups = [value for value in level if type(value) not in _SCALARS]
        level = list(chain.from_iterable(map(_inside, groups)))


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple) else ()
