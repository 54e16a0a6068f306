"""Several values in one cell of a table: one per line, their parts between bars."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

LINE_END: Final = re.compile(r"\r\n|[\r\n]")
BAR: Final = " | "
ESCAPED: Final = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"}
PLAIN: Final = {"n": "\n", "r": "\r"}


def lines_of(values: Iterable[Sequence[object]]) -> str:
    """`[["Farbe", "rot", ""]]` → `Farbe | rot`; empty parts at the end are left out."""
    return "\n".join(_line(value) for value in values)


def values_in(cell: str, width: int) -> list[list[str]]:
    """The way back; each value has `width` parts, more stay in the last one."""
    lines = LINE_END.split(cell)
    return [_parts(line, width) for line in lines if line.strip()]


def _line(value: Sequence[object]) -> str:
    parts = ["" if part is None else str(part) for part in value]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return BAR.join("".join(ESCAPED.get(sign, sign) for sign in part) for part in parts)


def _parts(line: str, width: int) -> list[str]:
    parts = [""]
    signs = iter(line)
    for sign in signs:
        if sign == "\\":
            escaped = next(signs, "\\")
            parts[-1] += PLAIN.get(escaped, escaped)
        elif sign == "|" and len(parts) < width:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip(" ") for part in parts] + [""] * (width - len(parts))
