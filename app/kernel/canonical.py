"""One text for one value, so that a hash proves the value years later."""

import json
from collections.abc import Iterable
from hashlib import sha256


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, UTF-8; floats are refused because their text is not stable."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_hex(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _refuse_floats(value: object) -> None:
    children: Iterable[object] = (value,)
    if isinstance(value, dict):
        children = value.values()
    elif isinstance(value, list | tuple):
        children = value
    for child in children:
        kind = type(child)
        if kind is float:
            raise TypeError("a canonical document holds no floating point number")
        if kind is dict or kind is list or kind is tuple:
            _refuse_floats(child)
