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
NO_NAME_SIGN: Final = re.compile(
    "[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]"
)
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


def as_written(text: str) -> str:
    """What `plain_lines` makes `text` of again: in it, what looks like markup is meant as text."""
    return text if plain_lines(text) == text else html.escape(text, quote=False)


def extension_name(text: str) -> str:
    """As the name of an element can be: tables name extensions in words with blanks."""
    return NO_NAME_SIGN.sub("_", text)


def _is_composed(text: str) -> bool:
    return text.isascii() or unicodedata.is_normalized("NFC", text)


WORDS: Final = Remembered(one_line)  # names that a file repeats in many articles
