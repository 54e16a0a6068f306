"""One text for one value, so that a hash proves the value years later."""

import json
from hashlib import sha256


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, UTF-8; floats are refused because their text is not stable."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_hex(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a canonical document holds no floating point number")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
