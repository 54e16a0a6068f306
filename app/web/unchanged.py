"""Pages that a browser has already: compared by a strong tag before anything is asked for."""

from functools import cache
from hashlib import sha256
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from app.web.pages import STATIC, TEMPLATES, frame_of

REVALIDATE: Final = "private, no-cache"


def page_tag(request: Request, *parts: object) -> str:
    """A strong ETag: `parts` name all that the page's content depends on, in a stable order.

    Added here: who is asking, the counts and the look of the frame around it, and the program.
    """
    frame = frame_of(request)
    asking = frame.pop("asking", None)
    who = (
        (asking.person_id, asking.label, sorted(asking.scopes), sorted(asking.roles), asking.member)
        if asking is not None
        else None
    )
    said = repr((parts, str(request.url.query), who, sorted(frame.items()), program()))
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """304 without a body where the browser's copy is the page; else None."""
    if tag not in request.headers.get("if-none-match", ""):
        return None
    return Response(status_code=304, headers=tag_headers(tag))


def tag_headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": "HX-Request, Cookie"}


@cache
def program() -> str:
    """Changes with every template and style sheet; read once per process."""
    found = sha256()
    for file in sorted([*TEMPLATES.rglob("*.html"), *STATIC.glob("*.css"), *STATIC.glob("*.js")]):
        found.update(file.read_bytes())
    return found.hexdigest()
