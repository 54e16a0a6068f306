"""One text for one value, so that a hash proves the value years later."""

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_CONTAINERS: Final = frozenset({dict, list, tuple})


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, UTF-8; floats are refused because their text is not stable."""
    _refuse_floats((value,))
    return _ENCODER.encode(value)


def sha256_hex(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _refuse_floats(values: Collection[object]) -> None:
    kinds = set(map(type, values))
    if float in kinds:
        raise TypeError("a canonical document holds no floating point number")
    if kinds.isdisjoint(_CONTAINERS):
        return
    for value in values:
        kind = type(value)
        if kind is dict:
            _refuse_floats(value.values())  # type: ignore[attr-defined]
        elif kind is list or kind is tuple:
            _refuse_floats(value)  # type: ignore[arg-type]
