"""Pages that a browser has already: compared by a strong tag before anything is asked for.

Most requests for such a page come while nothing has changed at all. Which tag somebody was given
for an address is remembered together with what the page rested on; as long as that is still so,
one statement answers, and neither the frame nor the tag is worked out again (ADR 34).
"""

from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.legal_day import legal_day
from app.web.pages import STATIC, TEMPLATES, frame_of, is_fragment

REVALIDATE: Final = "private, no-cache"
REMEMBERED: Final = 20_000

Question = tuple[object, ...]
NEVER: Final = (None, None)
_GIVEN: Final[dict[Question, tuple[Any, str | None]]] = {}
"""Per session, day and address what the page rested on, and its tag."""


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


def given_before(request: Request, token: str, now: datetime) -> Response | None:
    """304 where nothing changed since the browser was given its copy; else None.

    None as well where one glance cannot tell: then the tag is worked out and compared.
    """
    sent = request.headers.get("if-none-match")
    if sent is None:
        return None
    hashed = _hashed(token)
    seen, tag = _GIVEN.get(_question(request, hashed, now), NEVER)
    if tag is None or tag not in sent:
        return None
    # A bare connection: a session around it would cost as much as the statement.
    with request.app.state.looking.connect() as connection:
        if not request.app.state.still_so(connection, hashed, seen, now):
            return None
    return Response(status_code=304, headers=tag_headers(tag))


def remember(
    request: Request, db: Session, token: str, given: tuple[str, object], now: datetime
) -> None:
    """Next time a glance may do; `given` are the tag and what the page shows of the catalog."""
    frame, (tag, shown) = frame_of(request), given
    seen = request.app.state.seen_by(db, frame["asking"], frame["basket_count"], shown)
    if seen is None:
        return
    if len(_GIVEN) >= REMEMBERED:
        _GIVEN.clear()
    _GIVEN[_question(request, _hashed(token), now)] = (seen, tag)


def _hashed(token: str) -> str:
    """As in the table of sessions: who reads this memory gets no session of anybody."""
    return sha256(token.encode()).hexdigest()


def _question(request: Request, hashed: str, now: datetime) -> Question:
    """All that tells one page of a session from another, besides what it rests on."""
    scope = request.scope
    look = (request.cookies.get("kitu_theme"), is_fragment(request))
    return (hashed, legal_day(now), scope["path"], scope["query_string"], *look)


def tag_headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": "HX-Request, Cookie"}


@cache
def program() -> str:
    """Changes with every template and style sheet; read once per process."""
    found = sha256()
    for file in sorted([*TEMPLATES.rglob("*.html"), *STATIC.glob("*.css"), *STATIC.glob("*.js")]):
        found.update(file.read_bytes())
    return found.hexdigest()
