"""Texts of catalog files as plain lines: the markup of the specification, nothing else."""

import html
import re
import unicodedata
from typing import Final

from app.catalog.formats.remembered import Remembered
from app.kernel.german import clean

BREAKS: Final = re.compile(r"</?(?:br|p|ul)\b[^>]{0,200}>", re.IGNORECASE)
ITEMS: Final = re.compile(r"<li\b[^>]{0,200}>", re.IGNORECASE)
MARKS: Final = re.compile(r"</?(?:b|i|li)\b[^>]{0,200}>", re.IGNORECASE)
LINES: Final = re.compile(r"\s*\n\s*")
BLANKS: Final = re.compile(r"\s+")
LONGEST_READ: Final = 100_000  # signs of one text that are looked at; the specification has 64,000


def one_line(text: str) -> str:
    """Without control signs, every run of white space one blank."""
    if text.isprintable() and "  " not in text and _is_composed(text):
        return text.strip()
    return BLANKS.sub(" ", clean(text[:LONGEST_READ]))


def plain_lines(text: str) -> str:
    """The allowed tags become lines and bullets; whatever else looks like HTML stays text."""
    text = text[:LONGEST_READ]
    if "<" in text:
        text = MARKS.sub("", ITEMS.sub("\n• ", BREAKS.sub("\n", text)))
    if "&" in text:
        text = html.unescape(text)
    if text.isprintable() and _is_composed(text):
        return text.strip()
    return LINES.sub("\n", clean(text))


def _is_composed(text: str) -> bool:
    return text.isascii() or unicodedata.is_normalized("NFC", text)


WORDS: Final = Remembered(one_line)  # names that a file repeats in many articles
