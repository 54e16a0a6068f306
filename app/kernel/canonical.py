"""One text for one value, so that a hash proves the value years later."""

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_SCALARS: Final = frozenset({str, int, bool, type(None)})


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, UTF-8; floats are refused because their text is not stable."""
    _refuse_floats((value,))
    return _ENCODER.encode(value)


def sha256_hex(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _refuse_floats(values: Collection[object]) -> None:
    if _SCALARS.issuperset(map(type, values)):
        return
    for value in values:
        if isinstance(value, float):
            raise TypeError("a canonical document holds no floating point number")
        if isinstance(value, dict):
            _refuse_floats(value.values())
        elif isinstance(value, list | tuple):
            _refuse_floats(value)
