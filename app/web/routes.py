"""Pages without a capability: help, legal texts, the choice of light or dark and of single keys.

`main` includes the router with the dependency that finds out who is asking, because signing in
stands above this package; guests read the same pages.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from app.kernel.errors import NotAllowed
from app.web.csrf import same_origin
from app.web.operator import Operator
from app.web.pages import KEYS_COOKIE, KEYS_OFF, own_address, redirect, render

router = APIRouter(include_in_schema=False)

THEME_COOKIE: Final = "kitu_theme"
THEMES: Final = frozenset({"light", "dark"})
A_YEAR: Final = 365 * 24 * 60 * 60


@router.get("/hilfe")
def help_page(request: Request) -> HTMLResponse:
    return _page(request, "web/help.html")


@router.get("/impressum")
def imprint(request: Request) -> HTMLResponse:
    return _page(request, "web/imprint.html")


@router.get("/datenschutz")
def privacy(request: Request) -> HTMLResponse:
    return _page(request, "web/privacy.html")


@router.get("/barrierefreiheit")
def accessibility(request: Request) -> HTMLResponse:
    return _page(request, "web/accessibility.html")


@router.post("/darstellung")
def choose_theme(
    request: Request,
    theme: Annotated[str, Form(max_length=10)] = "",
    back: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Keep the choice in a cookie of its own: it belongs to the device, not to the person."""
    answer = redirect(request, own_address(back))
    return _keep(request, answer, THEME_COOKIE, theme if theme in THEMES else "")


@router.post("/tastatur")
def choose_keys(request: Request, keys: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Single keys disturb who dictates: they can be turned off (WCAG 2.1.4)."""
    off = keys == KEYS_OFF
    said = "Die Taste / springt nicht mehr zur Suche." if off else "Die Taste / springt zur Suche."
    answer = redirect(request, "/hilfe#h-tasten", said)
    return _keep(request, answer, KEYS_COOKIE, KEYS_OFF if off else "")


def _keep(request: Request, answer: Response, name: str, value: str) -> Response:
    if not same_origin(request):
        raise NotAllowed("Diese Anfrage kommt von einer fremden Seite.", "csrf")
    secure = request.url.scheme == "https"
    if value:
        answer.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
    else:
        answer.delete_cookie(name)
    return answer


def _page(request: Request, name: str) -> HTMLResponse:
    operator = getattr(request.app.state, "operator", Operator())
    return render(request, name, {"operator": operator})
