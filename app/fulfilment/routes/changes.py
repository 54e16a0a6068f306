"""The desk's page for answering a member's wish to change an order, line by line."""

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
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.change_form import answer_errors, read_answers
from app.ordering.changing.queries import change_of
from app.ordering.changing.rules import ChangeState, IllegalStep
from app.ordering.changing.seen import Looking, changes_seen
from app.ordering.queries import call_off
from app.ordering.rules import Side
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter()
Desk = Annotated[Asking, Depends(needs(Scope.DELIVERIES_WRITE))]


@router.get("/abwicklung/{number}/aenderungen/{position}")
def show(request: Request, db: Db, now: Now, desk: Desk, number: str, position: int) -> Response:
    return _page(request, db, now, desk, (number, position), {})


@router.post("/abwicklung/{number}/aenderungen/{position}")
def answer(
    *, request: Request, db: Db, now: Now, desk: Desk, number: str, position: int, sent: Sent
) -> Response:
    found = call_off(db, number, EVERY_MEMBER)
    change = change_of(db, found.id, position)
    if change.state is not ChangeState.ASKED:
        raise IllegalStep
    items = list(change.items)
    try:
        said = read_answers(sent, items)
        answer_change(db, actor(desk), number, position, said, now)
    except Malformed as error:
        more = {"errors": answer_errors(error.errors, items), "typed": sent}
        return _page(request, db, now, desk, (number, position), more, 422)
    return redirect(
        request,
        f"/abwicklung/{number}#h-aenderungen",
        "Ihre Antwort ist gespeichert. Das Mitglied ist benachrichtigt.",
    )


def _page(
    request: Request,
    db: Session,
    now: datetime,
    desk: Asking,
    of: tuple[str, int],
    more: Mapping[str, Any],
    status: int = 200,
) -> Response:
    number, position = of
    found = call_off(db, number, EVERY_MEMBER)
    change_of(db, found.id, position)
    member = member_of(db, EVERY_MEMBER, found.member_id)
    by = Looking(desk.person_id, frozenset({Side.DESK}), member, now)
    seen = next(one for one in changes_seen(db, found, by) if one.change.position == position)
    context = {
        "found": found,
        "seen": seen,
        "member": member,
        "told": orders_with(db, found),
        "today": legal_day(now),
        "errors": {},
        "typed": {},
        **more,
    }
    return render(request, "fulfilment/answer_change.html", context, status)
