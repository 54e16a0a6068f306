"""Parts of a page that are the same for everybody: rendered once, shown to each in an own frame.

They are kept as bytes, because replacing in a page of 120 kB and encoding it again took longer
than all else that an unchanged list needs.
"""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from markupsafe import Markup

from app.web.pages import frame_of, is_fragment
from app.web.said import forget_told

# Stands for the token of whoever will be shown the part.
CSRF_PLACE: Final = "the-csrf-token-of-this-session"
CONTENT_PLACE: Final = Markup("<!-- the content of this page -->")

Part = tuple[bytes, ...]
"""What stands between the places of the session's CSRF token."""


def part(request: Request, name: str, context: Mapping[str, Any]) -> Part:
    """A part that knows nothing but `context`, so that it may be kept and shown again."""
    jinja: Environment = request.app.state.templates
    text = jinja.get_template(name).render({"csrf": CSRF_PLACE, **context})
    return tuple(text.encode().split(CSRF_PLACE.encode()))


def show(
    request: Request, name: str, content: Part, headers: Mapping[str, str], **context: Hashable
) -> HTMLResponse:
    """The page `name` around the part; htmx is sent the part alone.

    A frame is the same where everything is that it shows: who asks, the token, counts, path.
    """
    own = request.state.csrf.encode().join(content)
    if not is_fragment(request):
        shown = tuple(sorted({**frame_of(request), **context}.items()))
        before, after = _around(request.app.state.templates, name, shown)
        own = b"".join((before, own, after))
    answer = HTMLResponse(own, headers={"Vary": "HX-Request", **headers})
    if frame_of(request)["said"]:
        forget_told(answer)
    return answer


@lru_cache(maxsize=1_000)
def _around(
    jinja: Environment, name: str, shown: tuple[tuple[str, Hashable], ...]
) -> tuple[bytes, bytes]:
    text = jinja.get_template(name).render({**dict(shown), "content": CONTENT_PLACE})
    before, _, after = text.partition(CONTENT_PLACE)
    return before.encode(), after.encode()
