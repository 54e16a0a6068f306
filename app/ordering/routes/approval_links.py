"""The page behind the link of a mail: looking never decides, deciding needs no script."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.current import client_address, guest_form, keep_form_token
from app.kernel.errors import Malformed
from app.ordering.approving.decide_by_link import (
    LinkDone,
    LinkWord,
    PasswordWrong,
    decide_by_link,
)
from app.ordering.approving.link_page import change_link_page, link_page
from app.ordering.approving.open_link import UNKNOWN, DeadLink, open_link
from app.ordering.signing.conditions import ConditionNotAcknowledged
from app.web.dependencies import Db, Now, Sent
from app.web.pages import render

router = APIRouter(include_in_schema=False)
GuestForm = Annotated[str, Depends(guest_form)]
MISSING = "Bitte geben Sie Ihr Passwort ein: Über diesem Betrag wird es auch beim Link verlangt."
WRONG = "Das Passwort stimmt nicht. Es wurde nichts entschieden."
TOO_OFTEN = "Zu viele Versuche. Bitte warten Sie 15 Minuten oder melden Sie sich im Portal an."


async def ticked_words(request: Request) -> tuple[str, ...]:
    """The conditions and declarations that were ticked."""
    form = await request.form()
    return tuple(one for one in form.getlist("acknowledged") if isinstance(one, str))


@router.get("/freigabe/{token}")
def show(request: Request, db: Db, now: Now, form_token: GuestForm, token: str) -> Response:
    answer = _page(request, db, token, now, {})
    keep_form_token(request, answer, form_token)
    return answer


@router.post("/freigabe/{token}", dependencies=[Depends(guest_form)])
def decide(
    request: Request,
    now: Now,
    token: str,
    sent: Sent,
    acknowledged: Annotated[tuple[str, ...], Depends(ticked_words)],
) -> Response:
    word = LinkWord(
        approve=sent.get("entscheidung") == "genehmigen",
        reason=sent.get("reason", ""),
        acknowledged=acknowledged,
        password=sent.get("passwort", "")[:1000],
        address=client_address(request),
    )
    sessions = request.app.state.sessions
    try:
        result = decide_by_link(sessions, token, word, now)
    except Malformed as fault:
        return _again(request, token, now, {"reason": fault.text}, 422)
    except ConditionNotAcknowledged as fault:
        return _again(request, token, now, {"acknowledged": fault.text}, 409)
    match result:
        case PasswordWrong():
            said, status = _password_fault(result)
            return _again(request, token, now, {"passwort": said}, status)
        case DeadLink():
            return _dead(request, result)
        case LinkDone():
            return render(request, "ordering/link_done.html", {"done": result})


def _password_fault(wrong: PasswordWrong) -> tuple[str, int]:
    if wrong.too_often:
        return TOO_OFTEN, 429
    return MISSING if wrong.missing else WRONG, 422


def _again(request: Request, token: str, now: Now, errors: dict[str, str], status: int) -> Response:
    with request.app.state.sessions.begin() as session:
        return _page(request, session, token, now, errors, status)


def _page(
    request: Request,
    db: Session,
    token: str,
    now: Now,
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    seen = open_link(db, token, now)
    if isinstance(seen, DeadLink):
        return _dead(request, seen)
    context: dict[str, object] = {"token": token, "errors": errors}
    if seen.change is not None:
        context["page"] = change_link_page(db, seen, seen.change, now)
        return render(request, "ordering/changing/link.html", context, status=status)
    context["page"] = link_page(db, seen, now)
    return render(request, "ordering/link.html", context, status=status)


def _dead(request: Request, dead: DeadLink) -> Response:
    status = 404 if dead.code == UNKNOWN else 410
    return render(request, "ordering/link_dead.html", {"dead": dead}, status=status)
