"""The desk's page of who delivers a call-off, and of passing it to the next supplier."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.frameworks.awarding.suppliers import awards_of, standing_awards
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import (
    EVENT_WORDS,
    MODE_WORDS,
    AwardEvent,
    CallOffMode,
)
from app.kernel.errors import FieldError, Malformed
from app.members.current import Asking, needs
from app.members.forms import whole
from app.members.rules import Scope
from app.ordering.asking import actor
from app.ordering.queries import call_off, lots_of
from app.ordering.rules import State
from app.ordering.turns.pass_to_next_supplier import answer_due, pass_to_next_supplier
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter()
Desk = Annotated[Asking, Depends(needs(Scope.DELIVERIES_WRITE))]
ENDINGS = {event.value: event for event in (AwardEvent.DECLINED, AwardEvent.EXPIRED)}


@router.get("/abwicklung/{number}/auftragnehmer")
def show(request: Request, db: Db, now: Now, _desk: Desk, number: str) -> Response:
    return _page(request, db, now, number, {}, {})


@router.post("/abwicklung/{number}/auftragnehmer")
def pass_on(request: Request, db: Db, now: Now, desk: Desk, number: str, sent: Sent) -> Response:
    """Also where nobody is left: the refusal is on record and the page says so."""
    call_off(db, number, EVERY_MEMBER)
    try:
        pass_to_next_supplier(
            db,
            actor(desk),
            number,
            whole("lot", sent.get("lot", "")) or 0,
            now,
            event=_ending(sent.get("event", "")),
            reason=sent.get("reason", ""),
        )
    except Malformed as wrong:
        return _page(request, db, now, number, sent, wrong.by_field)
    return redirect(
        request,
        f"/abwicklung/{number}/auftragnehmer",
        "Weitergegeben. Das Ergebnis steht auf dieser Seite.",
    )


def _ending(word: str) -> AwardEvent:
    event = ENDINGS.get(word)
    if event is None:
        text = "Bitte wählen Sie, was der Auftragnehmer getan hat."
        raise Malformed(FieldError("event", "missing", text))
    return event


def _page(
    request: Request,
    db: Session,
    now: datetime,
    number: str,
    sent: dict[str, str],
    errors: dict[str, str],
) -> Response:
    found = call_off(db, number, EVERY_MEMBER)
    framework = db.get_one(Framework, found.framework_id)
    standing = standing_awards(db, number)
    several = framework.call_off_mode is not CallOffMode.DIRECT
    context: dict[str, Any] = {
        "found": found,
        "framework": framework,
        "mode": MODE_WORDS[framework.call_off_mode],
        "history": awards_of(db, number),
        "standing": standing,
        "due": {lot: answer_due(seen, framework) for lot, seen in standing.items()},
        "lots": lots_of(db, {line.lot_id for line in found.lines}),
        "event_words": EVENT_WORDS,
        "passable": several and found.state is State.PLACED,
        "now": now,
        "sent": sent,
        "errors": errors,
    }
    return render(request, "fulfilment/supplier.html", context, status=422 if errors else 200)
