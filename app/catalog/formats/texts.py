"""Texts of catalog files as plain lines: the markup of the specification, nothing else."""

import html
import re
from typing import Final

from app.kernel.german import clean

BREAKS: Final = re.compile(r"</?(?:br|p|ul)\b[^>]{0,200}>", re.IGNORECASE)
ITEMS: Final = re.compile(r"<li\b[^>]{0,200}>", re.IGNORECASE)
MARKS: Final = re.compile(r"</?(?:b|i|li)\b[^>]{0,200}>", re.IGNORECASE)
LINES: Final = re.compile(r"\s*\n\s*")
BLANKS: Final = re.compile(r"\s+")


def one_line(text: str) -> str:
    return BLANKS.sub(" ", clean(text))


def plain_lines(text: str) -> str:
    """The allowed tags become lines and bullets; whatever else looks like HTML stays text."""
    if "<" in text:
        text = MARKS.sub("", ITEMS.sub("\n• ", BREAKS.sub("\n", text)))
    if "&" in text:
        text = html.unescape(text)
    return LINES.sub("\n", clean(text))
