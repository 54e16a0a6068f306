"""What somebody had typed when the session was over: carried through the sign-in, never stored."""

import json
from collections.abc import Iterable
from typing import Final

LARGEST: Final = 400_000  # characters; more is a file, and files are not carried
MOST_FIELDS: Final = 3_000
NEVER: Final = ("_csrf", "password", "passwort")  # beginnings of names

Fields = list[tuple[str, str]]


def carried(fields: Iterable[tuple[str, object]]) -> str:
    """The text fields of a form as one text; empty where nothing may or can be carried."""
    kept = [
        (name, value)
        for name, value in fields
        if isinstance(value, str) and not name.lower().startswith(NEVER)
    ]
    text = json.dumps(kept, ensure_ascii=False) if kept else ""
    return text if len(text) <= LARGEST and len(kept) <= MOST_FIELDS else ""


def fields_of(text: str) -> Fields:
    """The same back again; nothing where the text is not what `carried` wrote."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    if not isinstance(found, list) or len(found) > MOST_FIELDS:
        return []
    pairs = [one for one in found if isinstance(one, list) and len(one) == 2]  # noqa: PLR2004 - a pair
    return [
        (name, value)
        for name, value in pairs
        if isinstance(name, str) and isinstance(value, str) and not name.lower().startswith(NEVER)
    ]
