"""Cookies of the sign-in: the session's, and a form token for those who have no session yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import Response

from app.accounts.bearer import new_secret
from app.accounts.kept_input import carried
from app.kernel.errors import NotAllowed
from app.web.csrf import SAFE_METHODS, same_origin, token_matches, token_sent
from app.web.pages import is_fragment, own_address, render

SESSION_COOKIE: Final = "kitu_session"
FORM_COOKIE: Final = "kitu_form"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
# A part of a page was asked for; the form for signing in takes the place of its content.
WHOLE_PAGE: Final = {
    "HX-Retarget": "#inhalt",
    "HX-Reswap": "innerHTML",
    "HX-Reselect": "#inhalt > .wrap",
}
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


@dataclass(frozen=True, slots=True)
class SignInShown:
    """What the form for signing in holds; `typed` is carried input, `target` where to go then."""

    mail: str = ""
    target: str = "/"
    typed: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def sign_in_form(
    request: Request, form_token: str, shown: SignInShown, status: int = 200
) -> Response:
    """The page on which somebody signs in, with a fresh form token in its cookie."""
    context = {
        "mail": shown.mail,
        "target": own_address(shown.target),
        "typed": shown.typed,
        "errors": shown.errors,
        "demo_accounts": getattr(request.app.state, "demo_accounts", ()),
        "unprotected": unprotected(request),
    }
    answer = render(request, "accounts/sign_in.html", context, status=status)
    keep_form_token(request, answer, form_token)
    return answer


async def sign_in_again(request: Request) -> Response | None:
    """For a form whose session is over: signing in carries on with what was typed.

    None where nothing was typed, or the form is of another site: that one gets no second chance.
    """
    known = {SESSION_COOKIE, FORM_COOKIE} & request.cookies.keys()  # the latter after signing out
    if not known or not same_origin(request):
        return None
    typed = carried((await request.form()).multi_items())
    if not typed:
        return None
    token = request.cookies.get(FORM_COOKIE, "") or new_secret()
    request.state.csrf = token
    answer = sign_in_form(request, token, SignInShown("", request.url.path, typed), 401)
    if is_fragment(request):
        answer.headers.update(WHOLE_PAGE)
    return answer


def keep_form_token(request: Request, response: Response, token: str) -> None:
    response.set_cookie(
        FORM_COOKIE, token, httponly=True, samesite="lax", secure=secure(request), path="/"
    )
