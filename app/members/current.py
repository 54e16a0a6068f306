"""Who is asking: dependencies for pages (cookie) and for the API (bearer token)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from starlette.exceptions import HTTPException

from app.accounts.current import SESSION_COOKIE, sign_in_again
from app.accounts.note_presence import note_presence
from app.accounts.rules import due_to_write
from app.kernel.errors import NotAllowed
from app.members.asking import Asking, MemberSeen
from app.members.find_asking import SignedInAsking, asking_by_session, asking_by_token
from app.members.rules import Scope
from app.web.csrf import SAFE_METHODS, same_origin, token_matches, token_sent
from app.web.dependencies import Db, Now, opened_transaction, the_time
from app.web.errors import is_api, problem
from app.web.known_parameters import refuse_unknown_parameters
from app.web.pages import redirect

__all__ = [
    "Asking",
    "MemberSeen",
    "asking_api",
    "asking_briefly",
    "asking_page",
    "caller",
    "install",
    "needs",
    "needs_token",
    "possibly_asking",
    "reader",
]

SIGN_IN: Final = "/anmelden"
STALE_FORM: Final = (
    "Dieses Formular stammt nicht aus Ihrer jetzigen Anmeldung. Es wurde nichts gespeichert. "
    "Bitte laden Sie die Seite neu und senden Sie sie noch einmal."
)
WRONG_ROLE: Final = (
    "Ihre Rolle erlaubt das nicht. Wer bei Ihnen die Rollen vergibt, kann es ändern."
)
ASKED_BY: Final = "x-asked-by"
NO_FORM: Final = ""
UNREAD: Final = 400
BEARER: Final = HTTPBearer(
    scheme_name="Token",
    description="Ein Token aus dem Portal (Konto) oder von `kitu token create`.",
    auto_error=False,
)


Refusing = Callable[[Request, Any], Any]  # as the framework keeps its handlers


class SignInNeeded(Exception):
    """Nobody is signed in, or no longer: pages lead to the form, the API says 401."""


def possibly_asking(
    request: Request, db: Db, now: Now, sent: Annotated[str, Depends(token_sent)]
) -> Asking | None:
    """For pages that everybody may see; a signed-in person gets the own navigation.

    A form that changes something must carry the token of the very session that sends it.
    """
    token = request.cookies.get(SESSION_COOKIE)
    found = asking_by_session(db, token, now) if token else None
    if found is None:
        return None
    asking = found.asking
    request.state.asking = asking
    request.state.csrf = asking.csrf_token
    if request.method not in SAFE_METHODS and not (
        same_origin(request) and token_matches(asking.csrf_token, sent)
    ):
        raise NotAllowed(STALE_FORM, "csrf")
    _note_presence(request, db, found, now)
    return asking


async def asking_page(asking: Annotated[Asking | None, Depends(possibly_asking)]) -> Asking:
    """The signed-in person; everybody else is led to the sign-in form."""
    if asking is None:
        raise SignInNeeded
    return asking


def asking_briefly(request: Request, now: Now, sent: Annotated[str, Depends(token_sent)]) -> Asking:
    """The signed-in person, with no transaction left open: for work that takes its time."""
    with opened_transaction(request) as session:
        asking = possibly_asking(request, session, now, sent)
    if asking is None:
        raise SignInNeeded
    return asking


def asking_api(
    request: Request,
    db: Db,
    now: Now,
    sent: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> Asking:
    """The owner of the bearer token. Cookies count for nothing here, so there is no CSRF."""
    return _bearer(request, db, now, sent.credentials if sent is not None else "")


@cache
def needs(*scopes: Scope) -> Callable[[Asking], Awaitable[Asking]]:
    """A dependency for pages: who is asking, if the roles allow one of these; else 403."""

    async def allowed(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
        return _checked(asking, *scopes)

    return allowed


@cache
def needs_token(scope: Scope) -> Callable[[Request, Asking], Awaitable[Asking]]:
    """The same for the API, which also refuses parameters that the call does not have."""

    async def allowed(
        request: Request, asking: Annotated[Asking, Security(asking_api, scopes=[scope.value])]
    ) -> Asking:
        _checked(asking, scope)
        refuse_unknown_parameters(request)
        return asking

    return allowed


def reader(request: Request, session: Session, now: datetime, scope: Scope) -> Asking:
    """For pages that are one job and change nothing: what `needs` is for the others."""
    asking = possibly_asking(request, session, now, NO_FORM)
    if asking is None:
        raise SignInNeeded
    return _checked(asking, scope)


def caller(request: Request, session: Session, now: datetime, scope: Scope) -> Asking:
    """For calls that are one job: what `needs_token` is for the others."""
    scheme, sent = get_authorization_scheme_param(request.headers["authorization"])
    token = sent if scheme.lower() == "bearer" else ""
    return _checked(_bearer(request, session, now, token), scope)


def _bearer(request: Request, session: Session, now: datetime, token: str) -> Asking:
    asking = asking_by_token(session, token, now) if token else None
    if asking is None:
        raise SignInNeeded
    request.state.asking = asking
    return asking


def install(app: FastAPI) -> None:
    """Answer for everybody who has to sign in first; `web.errors` has to be installed before."""
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    for kind in (RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _who_calls_first(app.exception_handlers[kind]))


def _who_calls_first(answer: Refusing) -> Refusing:
    """Content is read before anybody asks for the token: a stranger learns nothing of its form."""

    async def refuse(request: Request, error: Exception) -> Response:
        unread = getattr(error, "status_code", UNREAD) == UNREAD
        if unread and is_api(request) and await _calling(request) is None:
            return await _to_sign_in(request, error)
        given: Response = await answer(request, error)
        return given

    return refuse


async def _calling(request: Request) -> Asking | None:
    sent = await BEARER(request)
    if sent is None:
        return None
    token, now = sent.credentials, the_time(request)

    def look_up() -> Asking | None:
        with request.app.state.sessions() as session:
            session.bind = request.app.state.reading
            return asking_by_token(session, token, now)

    return await run_in_threadpool(look_up)


def _checked(asking: Asking, *scopes: Scope) -> Asking:
    if not any(asking.may(scope) for scope in scopes):
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    return asking


async def _to_sign_in(request: Request, _error: Exception) -> Response:
    if is_api(request):
        text = "Bitte senden Sie einen gültigen Token: Authorization: Bearer …"
        return problem(401, "not_signed_in", text)
    target = request.url.path
    if request.method not in SAFE_METHODS:
        if again := await sign_in_again(request):
            return again
        target = "/"
    elif request.url.query:
        target += f"?{request.url.query}"
    return redirect(request, f"{SIGN_IN}?weiter={quote(target, safe='/')}")


def _note_presence(request: Request, db: Session, found: SignedInAsking, now: datetime) -> None:
    """Readers write in a short transaction of their own, and only when it is due.

    What a page asks for by itself, every few seconds, is no sign of anybody.
    """
    if request.headers.get(ASKED_BY) == "clock":
        return
    asking = found.asking
    measured = asking.member is not None and asking.member.measures_time
    if asking.login_session_id is None or not due_to_write(
        found.last_seen_at, now, measured=measured
    ):
        return
    if request.method not in SAFE_METHODS:
        note_presence(db, asking.login_session_id, found.last_seen_at, now, measured=measured)
        return
    sessions: sessionmaker[Session] = request.app.state.sessions
    try:
        with sessions.begin() as short:
            note_presence(
                short, asking.login_session_id, found.last_seen_at, now, measured=measured
            )
    except OperationalError:
        # A page that can be read must not fail because a counter cannot be written.
        return
