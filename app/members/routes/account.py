"""The own account: password, signed-in browsers, API tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.change_password import change_password
from app.accounts.current import browser_name, forget_session, keep_session
from app.accounts.end_session import end_one_session, end_sessions_of
from app.accounts.issue_token import IssuedToken, revoke_token
from app.accounts.queries import api_tokens, open_sessions
from app.accounts.rules import browser_words
from app.kernel.errors import FieldError, Malformed, NotFound
from app.members.current import Asking, asking_briefly, asking_page
from app.members.forms import PasswordForm, TokenForm, sentences
from app.members.people.create_token import create_token
from app.members.rules import ROLE_LABELS, SCOPE_LABELS, grantable
from app.web.dependencies import Db, Now, opened_transaction
from app.web.pages import redirect, render

router = APIRouter()
Person = Annotated[Asking, Depends(asking_page)]
HERE = "/konto"


@router.get(HERE)
def account(request: Request, db: Db, now: Now, asking: Person, geaendert: str = "") -> Response:
    content = _content(db, asking, now) | {"changed": bool(geaendert)}
    return render(request, "members/account.html", content)


@router.post("/konto/passwort")
def new_password(
    request: Request,
    now: Now,
    asking: Annotated[Asking, Depends(asking_briefly)],
    form: Annotated[PasswordForm, Form()],
) -> Response:
    transactions, browser = request.app.state.sessions, browser_name(request)
    try:
        signed_in = change_password(
            transactions, asking.person_id, form.present_password, form.new_password, browser, now
        )
    except Malformed as fault:
        with opened_transaction(request) as db:
            return _again(request, db, asking, now, fault.errors)
    answer = redirect(request, "/konto?geaendert=1")
    keep_session(request, answer, signed_in.token)
    return answer


@router.post("/konto/sitzungen/beenden")
def sign_out_everywhere(request: Request, db: Db, now: Now, asking: Person) -> Response:
    end_sessions_of(db, asking.person_id, now)
    answer = redirect(request, "/anmelden")
    forget_session(answer)
    return answer


@router.post("/konto/sitzungen/{session_id}/beenden")
def sign_out_there(request: Request, db: Db, now: Now, asking: Person, session_id: int) -> Response:
    if not end_one_session(db, asking.person_id, session_id, now):
        raise NotFound("Diese Anmeldung gibt es nicht mehr.")
    return redirect(request, HERE, "Die Anmeldung ist beendet.")


@router.post("/konto/token")
def new_token(
    request: Request, db: Db, now: Now, asking: Person, form: Annotated[TokenForm, Form()]
) -> Response:
    """The secret is on this one answer and nowhere else."""
    try:
        issued = create_token(db, asking.person_id, form.wish(), now)
    except Malformed as fault:
        return _again(request, db, asking, now, fault.errors)
    content = _content(db, asking, now) | {"issued": issued}
    return render(request, "members/account.html", content, status=201)


@router.post("/konto/token/{token_id}/widerrufen")
def dead_token(request: Request, db: Db, now: Now, asking: Person, token_id: int) -> Response:
    revoke_token(db, asking.person_id, token_id, now)
    return redirect(request, HERE, "Der Zugang ist gesperrt.")


def _again(
    request: Request, db: Session, asking: Asking, now: datetime, errors: Sequence[FieldError]
) -> Response:
    content = _content(db, asking, now) | {"errors": sentences(errors)}
    return render(request, "members/account.html", content, status=422)


def _content(db: Session, asking: Asking, now: datetime) -> dict[str, Any]:
    issued: IssuedToken | None = None
    return {
        "sessions": [
            (one, browser_words(one.browser)) for one in open_sessions(db, asking.person_id, now)
        ],
        "tokens": api_tokens(db, asking.person_id),
        "scopes": [(scope.value, SCOPE_LABELS[scope]) for scope in grantable(asking.roles)],
        "role_words": [ROLE_LABELS[role] for role in sorted(asking.roles)],
        "issued": issued,
        "changed": False,
        "errors": {},
        "now": now,
    }
