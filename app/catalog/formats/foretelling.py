"""The groups of a BMEcat file's articles, which it names after them, looked up beforehand."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

CHUNK: Final = 1024 * 1024
LONGEST: Final = 1000  # bytes of one mapping that may lie across two chunks
NAMED: Final = b"_TO_CATALOGGROUP_MAP"
TEXT: Final = rb"([!-%'-;=-~]+)"  # neither blanks nor what markup or another character set changes
MAPPING: Final = re.compile(
    rb"<(?:ARTICLE|PRODUCT)_TO_CATALOGGROUP_MAP>\s*<(?:ART|PROD)_ID>"
    + TEXT
    + rb"</(?:ART|PROD)_ID>\s*<CATALOG_GROUP_ID>"
    + TEXT
    + rb"</CATALOG_GROUP_ID>"
)


def group_mappings(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Number and group of what looks like a mapping: whoever uses them compares them at the end.

    None of a packed file. `stream` is at its beginning again afterwards.
    """
    rest = b""
    while chunk := stream.read(CHUNK):
        text, done = rest + chunk, 0
        if NAMED in text:
            for found in MAPPING.finditer(text):
                done = found.end()
                yield found[1].decode("ascii"), found[2].decode("ascii")
        rest = text[max(done, len(text) - LONGEST) :]
    stream.seek(0)
