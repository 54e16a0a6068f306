"""Cookies of the sign-in: the session's, and a form token for those who have no session yet."""

from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import Response

from app.accounts.bearer import new_secret
from app.kernel.errors import NotAllowed
from app.web.csrf import SAFE_METHODS, same_origin, token_matches, token_sent

SESSION_COOKIE: Final = "kitu_session"
FORM_COOKIE: Final = "kitu_form"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
STALE_FORM: Final = (
    "Dieses Formular ist abgelaufen. Bitte laden Sie die Seite neu und senden Sie sie noch einmal."
)


def secure(request: Request) -> bool:
    """Cookies only travel encrypted; the exception is a browser on this very machine."""
    return not (request.url.scheme == "http" and request.url.hostname in LOOPBACK)


def unprotected(request: Request) -> bool:
    """Called over plain HTTP from elsewhere: the browser will refuse our cookies."""
    return request.url.scheme == "http" and secure(request)


def keep_session(request: Request, response: Response, token: str) -> None:
    """The browser forgets it at its end; the server forgets it earlier."""
    response.set_cookie(
        SESSION_COOKIE, token, httponly=True, samesite="lax", secure=secure(request), path="/"
    )


def forget_session(response: Response) -> None:
    response.delete_cookie(SESSION_COOKIE, path="/")


def client_address(request: Request) -> str:
    return request.client.host if request.client else ""


def browser_name(request: Request) -> str:
    return request.headers.get("user-agent", "")


async def guest_form(request: Request, sent: Annotated[str, Depends(token_sent)]) -> str:
    """The token of forms before sign-in: the field must equal the cookie (login CSRF)."""
    known = request.cookies.get(FORM_COOKIE, "")
    if request.method not in SAFE_METHODS and not (
        same_origin(request) and token_matches(known, sent)
    ):
        raise NotAllowed(STALE_FORM, "csrf")
    token = known or new_secret()
    request.state.csrf = token
    return token


def keep_form_token(request: Request, response: Response, token: str) -> None:
    response.set_cookie(
        FORM_COOKIE, token, httponly=True, samesite="lax", secure=secure(request), path="/"
    )
