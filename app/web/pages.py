"""Turning values into pages, fragments, redirects and downloads."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from app.kernel import german
from app.shipped import shipped
from app.web.said import forget_told, tell, told

STATIC: Final = Path(__file__).parent / "static"
TEMPLATES: Final = shipped("templates")

KEYS_COOKIE: Final = "kitu_keys"
KEYS_OFF: Final = "aus"
PIECE: Final = 256 * 1024
BYTES: Final = "application/octet-stream"  # of a file that somebody sent, whatever it is

# What every page shows besides its own content; wired in `main`, because it asks capabilities.
PageExtras = Callable[[Request], Mapping[str, Any]]


class WithoutIndentation(Extension):
    """A fifth of a page would be the indentation of its templates; line numbers stay.

    One blank remains: between two words it may be all that stands there.
    """

    INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        return self.INDENTATION.sub(" ", source)


def environment(*, product_name: str, demo: bool) -> Environment:
    """The template environment: undefined names are errors, everything is escaped."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=[WithoutIndentation],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    jinja.filters.update(
        euro=german.euro,
        unit_price=german.unit_price,
        number=german.number,
        percent=german.percent,
        day=german.day,
        moment=german.moment,
    )
    jinja.globals.update(static=static, product_name=product_name, demo=demo)
    return jinja


@cache
def static(name: str) -> str:
    """The address of a static file; its content's hash makes a new version a new address."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def render(
    request: Request,
    name: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page or fragment; templates also know who is asking, the CSRF token and the path."""
    jinja: Environment = request.app.state.templates
    known = {**frame_of(request), **(context or {})}
    text = jinja.get_template(name).render(known)
    answer = HTMLResponse(text, status, headers={"Vary": "HX-Request", **(headers or {})})
    if known["said"]:
        forget_told(answer)
    return answer


def frame_of(request: Request) -> dict[str, Any]:
    """What stands around the content of a page; worked out once per request."""
    if not hasattr(request.state, "frame"):
        request.state.frame = _frame(request)
    return dict(request.state.frame)


def _frame(request: Request) -> dict[str, Any]:
    extras: PageExtras | None = getattr(request.app.state, "page_extras", None)
    known: dict[str, Any] = {
        "asking": getattr(request.state, "asking", None),
        "csrf": getattr(request.state, "csrf", ""),
        "path": request.url.path,
        "theme": request.cookies.get("kitu_theme", ""),
        "keys": request.cookies.get(KEYS_COOKIE, "") != KEYS_OFF,
        "basket_count": 0,
        "waiting_count": 0,
        "notice_count": 0,
        "said": () if is_fragment(request) else told(request),
    }
    if extras is not None and known["asking"] is not None and not is_fragment(request):
        known.update(extras(request))
    return known


def is_fragment(request: Request) -> bool:
    """Htmx asks for a part of the page; going back in the history wants the whole one."""
    return (
        request.headers.get("hx-request") == "true"
        and request.headers.get("hx-history-restore-request") != "true"
    )


def redirect(request: Request, address: str, *said: str) -> Response:
    """See other; htmx is told by a header, because it would follow a 303 into a fragment.

    `said` is what the page that comes tells once: what was done and, if given, the words and the
    address of a link onward.
    """
    answer: Response = RedirectResponse(address, status_code=303)
    if request.headers.get("hx-request") == "true":
        answer = Response(status_code=200, headers={"HX-Redirect": address})
    if said:
        tell(request, answer, said)
    return answer


def own_address(address: str | None, otherwise: str = "/") -> str:
    """`address` where it is a path of this site, else `otherwise`: no open redirect."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    return otherwise if any(ord(sign) < ord(" ") or sign == "\\" for sign in address) else address


def download(content: bytes, media_type: str, file_name: str) -> Response:
    """A file to keep; never shown inside the page, whatever it contains."""
    return Response(content, media_type=media_type, headers=_as_file(file_name))


def download_large(file: BinaryIO, media_type: str, file_name: str) -> Response:
    """The same in pieces: a file of many megabytes is never whole in memory. It is closed then."""
    length = file.seek(0, SEEK_END)
    file.seek(0)
    headers = {**_as_file(file_name), "Content-Length": str(length)}
    return StreamingResponse(_pieces(file), media_type=media_type, headers=headers)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _as_file(file_name: str) -> dict[str, str]:
    plain = "".join(s if s.isascii() and (s.isalnum() or s in "-_.") else "_" for s in file_name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}"
    return {"Content-Disposition": disposition}
