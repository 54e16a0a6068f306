"""Pages on which a member wishes to change a placed order, and speaks on what was answered."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.errors import Malformed
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import actor, buyer, sides
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.change_form import read_wish, wish_errors
from app.ordering.changing.enter_change import NotChangeable
from app.ordering.changing.make_step import StepAsked, make_step
from app.ordering.changing.wish_page import wish_page
from app.ordering.placing.form_once import first_sending, forget_sending, new_key
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.routes.call_offs import call_off_page, ticked_rules
from app.ordering.rules import HOLDS_CALL_OFF
from app.ordering.submission import Refused
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]


@router.get("/abrufe/{number}/aendern")
def show_form(request: Request, db: Db, asking: Buyer, number: str) -> Response:
    """What can be changed; a wish that is still open is shown first."""
    buyer(asking)
    found = call_off(db, number, asking.tenant)
    if found.state not in HOLDS_CALL_OFF:
        raise NotChangeable
    return _form(request, db, found, {})


@router.post("/abrufe/{number}/aendern")
def ask(request: Request, db: Db, now: Now, asking: Buyer, number: str, sent: Sent) -> Response:
    buyer(asking)
    found = call_off(db, number, asking.tenant)
    sending = first_sending(db, asking, f"change:{number}", sent, now)
    if sending is None:
        return redirect(request, f"/abrufe/{number}#h-aenderungen")
    try:
        wish = read_wish(sent, found.lines)
        result = ask_change(db, actor(asking), number, asking.tenant, wish, now)
    except Malformed as error:
        forget_sending(db, sending)
        errors = wish_errors(error.errors, found.lines)
        return _form(request, db, found, {"errors": errors, "typed": sent}, 422)
    if isinstance(result, Refused):
        forget_sending(db, sending)
        return _form(request, db, found, {"refused": result, "typed": sent}, 409)
    return redirect(
        request,
        f"/abrufe/{number}#h-aenderungen",
        "Die Änderung ist eingereicht. Der Stand steht unten.",
    )


@router.post("/abrufe/{number}/aenderungen/{position}")
def take_step(
    *,
    request: Request,
    db: Db,
    now: Now,
    asking: Reader,
    number: str,
    position: int,
    sent: Sent,
    acknowledged: Annotated[list[str], Depends(ticked_rules)],
) -> Response:
    """Agree, decline, withdraw; approve or refuse what grows."""
    asked = StepAsked(
        name=sent.get("schritt", ""),
        standing=sides(asking),
        reason=sent.get("grund", ""),
        acknowledged=tuple(acknowledged),
    )
    order = (number, asking.tenant)
    result = make_step(db, actor(asking), order, position, asked, now)
    if isinstance(result, Refused):
        found = call_off(db, number, asking.tenant)
        return call_off_page(request, db, found, asking, now, blocked=result)
    return redirect(request, f"/abrufe/{number}#h-aenderungen", "Ihre Antwort ist gespeichert.")


def _form(
    request: Request, db: Session, found: CallOff, more: Mapping[str, Any], status: int = 200
) -> Response:
    page = wish_page(db, found)
    context = {"page": page, "key": new_key(), "errors": {}, "typed": {}, "refused": None, **more}
    return render(request, "ordering/changing/ask.html", context, status=status)
