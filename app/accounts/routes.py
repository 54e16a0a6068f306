"""Pages for people who are not signed in: sign in, sign out, forgotten password."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from app.accounts.current import (
    SESSION_COOKIE,
    SignInShown,
    browser_name,
    client_address,
    forget_session,
    guest_form,
    keep_form_token,
    keep_session,
    sign_in_form,
)
from app.accounts.end_session import end_session
from app.accounts.kept_input import LARGEST, fields_of
from app.accounts.open_session import SignedIn
from app.accounts.queries import session_with_token
from app.accounts.request_reset import request_reset
from app.accounts.reset_password import open_reset, reset_password
from app.accounts.sign_in import Credentials, TriedTooOften, WrongCredentials, sign_in
from app.kernel.errors import Malformed, NotAllowed, NotFound, TooManyAttempts
from app.web.csrf import same_origin, token_matches, token_sent
from app.web.dependencies import Db, Now
from app.web.pages import own_address, redirect, render

router = APIRouter(include_in_schema=False)

GuestForm = Annotated[str, Depends(guest_form)]
WRONG: Final = (
    "E-Mail-Adresse oder Passwort stimmen nicht. Achten Sie auf Groß- und Kleinschreibung."
)
TOO_OFTEN: Final = (
    "Zu viele Versuche. Bitte warten Sie 15 Minuten oder fordern Sie ein neues Passwort an."
)
CHOSEN_NOW: Final = "Ihr Passwort ist festgelegt. Melden Sie sich jetzt damit an."
FOREIGN_FORM: Final = "Dieses Formular stammt nicht aus Ihrer Anmeldung."


class SignInForm(BaseModel):
    mail: str = Field(default="", max_length=300)
    password: str = Field(default="", max_length=1000)
    weiter: str = Field(default="/", max_length=2000)
    eingaben: str = Field(default="", max_length=LARGEST)


@router.get("/anmelden")
def sign_in_page(
    request: Request, form_token: GuestForm, weiter: str = "/", mail: str = ""
) -> Response:
    return _sign_in_form(request, form_token, SignInForm(mail=mail[:300], weiter=weiter[:2000]))


@router.post("/anmelden")
def sign_in_sent(
    request: Request, now: Now, form_token: GuestForm, form: Annotated[SignInForm, Form()]
) -> Response:
    credentials = Credentials(
        form.mail,
        form.password,
        client_address(request),
        browser_name(request),
        request.cookies.get(SESSION_COOKIE),
    )
    match sign_in(request.app.state.sessions, credentials, now):
        case SignedIn(token=token) as opened:
            if fields := fields_of(form.eingaben):
                request.state.csrf = opened.csrf_token
                context = {"target": own_address(form.weiter), "fields": fields}
                answer: Response = render(request, "accounts/continue.html", context)
            else:
                answer = redirect(request, own_address(form.weiter))
            keep_session(request, answer, token)
            return answer
        case WrongCredentials():
            return _sign_in_form(request, form_token, form, {"mail": WRONG}, 422)
        case TriedTooOften():
            return _sign_in_form(request, form_token, form, {"mail": TOO_OFTEN}, 429)


@router.post("/abmelden")
def sign_out(
    request: Request, db: Db, now: Now, sent: Annotated[str, Depends(token_sent)]
) -> Response:
    token = request.cookies.get(SESSION_COOKIE, "")
    open_now = session_with_token(db, token)
    if open_now is not None:
        if not (same_origin(request) and token_matches(open_now.csrf_token, sent)):
            raise NotAllowed(FOREIGN_FORM, "csrf")
        end_session(db, token, now)
    answer = redirect(request, "/anmelden")
    forget_session(answer)
    return answer


@router.get("/passwort-vergessen")
def forgotten_page(request: Request, form_token: GuestForm) -> Response:
    answer = render(request, "accounts/forgotten.html", {"sent": False, "mail": ""})
    keep_form_token(request, answer, form_token)
    return answer


@router.post("/passwort-vergessen")
def forgotten_sent(
    request: Request,
    db: Db,
    now: Now,
    form_token: GuestForm,
    mail: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """The same answer for known and unknown addresses."""
    base_url: str = request.app.state.base_url
    if not request_reset(db, mail, client_address(request), base_url, now):
        raise TooManyAttempts(TOO_OFTEN)
    answer = render(request, "accounts/forgotten.html", {"sent": True, "mail": mail})
    keep_form_token(request, answer, form_token)
    return answer


@router.get("/passwort-neu/{token}")
def reset_page(request: Request, db: Db, now: Now, form_token: GuestForm, token: str) -> Response:
    try:
        open_reset(db, token, now)
    except NotFound:
        return render(request, "accounts/dead_link.html", status=404)
    answer = render(request, "accounts/reset.html", {"token": token, "errors": {}})
    keep_form_token(request, answer, form_token)
    return answer


@router.post("/passwort-neu/{token}", dependencies=[Depends(guest_form)])
def reset_sent(
    request: Request,
    now: Now,
    token: str,
    new_password: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    try:
        reset_password(request.app.state.sessions, token, new_password, now)
    except Malformed as fault:
        context = {"token": token, "errors": {fault.errors[0].field: fault.errors[0].text}}
        return render(request, "accounts/reset.html", context, status=422)
    except NotFound:
        return render(request, "accounts/dead_link.html", status=404)
    return redirect(request, "/anmelden", CHOSEN_NOW)


def _sign_in_form(
    request: Request,
    form_token: str,
    form: SignInForm,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    shown = SignInShown(form.mail, form.weiter, form.eingaben, errors or {})
    return sign_in_form(request, form_token, shown, status)
