"""One text for one value, so that a hash proves the value years later."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

Plain: TypeAlias = "str | int | Sequence[Plain] | Mapping[str, Plain] | None"


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, UTF-8; floats are refused because their text is not stable."""
    text = _ENCODER.encode(value)
    _READER.decode(text)
    return text


def plain_json(value: Plain) -> str:
    """The same text, for values whose type says already that they hold no float."""
    return _ENCODER.encode(value)


def sha256_hex(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _refuse_float(_text: str) -> None:
    raise TypeError("a canonical document holds no floating point number")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# Reading the text again is the quickest way to meet every number of it.
_READER: Final = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float)
