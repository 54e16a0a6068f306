"""The words of a mail around a notice: plain text that reads well and turns into good HTML."""

from collections.abc import Sequence
from typing import Final

OPEN: Final = "Im Portal öffnen"
CHOOSE: Final = "Mitteilungen einstellen"
SETTINGS: Final = "/konto/mitteilungen"
OF_DUTY: Final = (
    "Diese Mitteilung gehört zu Ihrer Aufgabe im Portal und lässt sich nicht abbestellen."
)
BY_CHOICE: Final = "Was Ihnen das Portal wann mitteilt, legen Sie selbst fest."


def letter(
    text: str,
    links: Sequence[tuple[str, str]],
    base_url: str,
    *,
    note: str = "",
    duty: bool = False,
) -> str:
    """`links` are (text, path); one line each, so that the HTML part can name them.

    `note` speaks of the first of them.
    """
    base = base_url.rstrip("/")
    lines = [f"{words}: {base}{path}" for words, path in links]
    if note:
        lines[0] = f"{lines[0]}\n{note}"
    foot = OF_DUTY if duty else BY_CHOICE
    return "\n\n".join((text, *lines, f"{foot}\n{CHOOSE}: {base}{SETTINGS}")) + "\n"


def digest_letter(entries: Sequence[tuple[str, str, str]], base_url: str) -> str:
    """`entries` are (title, text, path), the oldest first."""
    base = base_url.rstrip("/")
    parts = ["Guten Tag,", f"{_count(len(entries))} liegen für Sie im Portal:"]
    if len(entries) == 1:
        parts[1] = "eine Mitteilung liegt für Sie im Portal:"
    for title, text, path in entries:
        parts.append(f"{title}\n{text}\n{OPEN}: {base}{path}")
    return "\n\n".join((*parts, f"{BY_CHOICE}\n{CHOOSE}: {base}{SETTINGS}")) + "\n"


def _count(number: int) -> str:
    return f"{number} Mitteilungen"
