"""The desk's pages for proposing a change of an order, and for taking the proposal back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.fulfilment.supplier_orders.queries import orders_with
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.queries import member_of
from app.members.rules import Scope
from app.ordering.asking import actor
from app.ordering.changing.change_form import read_wish, wish_errors
from app.ordering.changing.enter_change import NotChangeable
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.retract_proposal import retract_proposal
from app.ordering.changing.wish_page import proposal_page
from app.ordering.placing.form_once import first_sending, forget_sending, new_key
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_CALL_OFF
from app.ordering.submission import Refused
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(route_class=CommitRoute)
Desk = Annotated[Asking, Depends(needs(Scope.DELIVERIES_WRITE))]


@router.get("/abwicklung/{number}/vorschlagen")
def show(request: Request, db: Db, now: Now, _desk: Desk, number: str) -> Response:
    found = call_off(db, number, EVERY_MEMBER)
    if found.state not in HOLDS_CALL_OFF:
        raise NotChangeable
    return _form(request, db, now, found, {})


@router.post("/abwicklung/{number}/vorschlagen")
def propose(request: Request, db: Db, now: Now, desk: Desk, number: str, sent: Sent) -> Response:
    found = call_off(db, number, EVERY_MEMBER)
    sending = first_sending(db, desk, f"proposal:{number}", sent, now)
    if sending is None:
        return redirect(request, f"/abwicklung/{number}#h-aenderungen")
    try:
        wish = read_wish(sent, found.lines)
        result = propose_change(db, actor(desk), number, wish, now)
    except Malformed as error:
        forget_sending(db, sending)
        errors = wish_errors(error.errors, found.lines)
        return _form(request, db, now, found, {"errors": errors, "typed": sent}, 422)
    if isinstance(result, Refused):
        forget_sending(db, sending)
        return _form(request, db, now, found, {"refused": result, "typed": sent}, 409)
    return redirect(
        request,
        f"/abwicklung/{number}#h-aenderungen",
        "Der Vorschlag ist gesendet. Das Mitglied antwortet am Abruf.",
    )


@router.post("/abwicklung/{number}/aenderungen/{position}/zuruecknehmen")
def retract(request: Request, db: Db, now: Now, desk: Desk, number: str, position: int) -> Response:
    retract_proposal(db, actor(desk), number, position, now)
    return redirect(
        request, f"/abwicklung/{number}#h-aenderungen", "Der Vorschlag ist zurückgenommen."
    )


def _form(
    request: Request,
    db: Session,
    now: datetime,
    found: CallOff,
    more: Mapping[str, Any],
    status: int = 200,
) -> Response:
    context = {
        "page": proposal_page(db, found, legal_day(now)),
        "member": member_of(db, EVERY_MEMBER, found.member_id),
        "told": orders_with(db, found),
        "key": new_key(),
        "errors": {},
        "typed": {},
        "refused": None,
        **more,
    }
    return render(request, "fulfilment/propose_change.html", context, status=status)
