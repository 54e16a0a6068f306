"""Whether a writing request really comes from one of our own pages."""

from secrets import compare_digest
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

FIELD: Final = "_csrf"
HEADER: Final = "x-csrf-token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


async def token_sent(request: Request) -> str:
    """The token of the header (htmx) or of the hidden form field; empty where neither is."""
    if header := request.headers.get(HEADER):
        return header
    kind = request.headers.get("content-type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    value = (await request.form()).get(FIELD)
    return value if isinstance(value, str) else ""


def token_matches(expected: str, sent: str) -> bool:
    return bool(expected) and compare_digest(expected.encode(), sent.encode())


def same_origin(request: Request) -> bool:
    """False where the browser says that the request comes from another site."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return origin is None
    return urlsplit(origin).netloc == request.headers.get("host", "")
