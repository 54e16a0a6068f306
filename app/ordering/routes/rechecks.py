"""Judging orders again: one by hand, and the list of those that facts or law have changed."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, asking_page, needs
from app.members.forms import day
from app.members.rules import Scope
from app.ordering.asking import actor
from app.ordering.rechecking.affected_call_offs import affected_call_offs
from app.ordering.rechecking.reassess_call_off import reassess_call_off
from app.ordering.showing.order_page import may_recheck
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
LAST: date = date(2199, 12, 31)


def rechecker(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """The legal role or the desk."""
    if not may_recheck(asking):
        raise NotAllowed("Eine erneute Prüfung veranlassen die Rollen Nachweise und Abwicklung.")
    return asking


Rechecker = Annotated[Asking, Depends(rechecker)]


@router.post("/abrufe/{number}/neu-pruefen")
def recheck(request: Request, db: Db, now: Now, asking: Rechecker, number: str) -> Response:
    recorded = reassess_call_off(db, actor(asking), number, asking.tenant, now)
    return redirect(
        request,
        f"/entscheidungen/{recorded.public_id}",
        "Neu geprüft. Das ist das heutige Ergebnis.",
    )


def _day_from(text: str, today: date) -> date:
    chosen = day("am", text) or today
    if not today <= chosen <= LAST:
        wrong = "Bitte wählen Sie heute oder einen späteren Tag."
        raise Malformed(FieldError("am", "past", wrong))
    return chosen


@router.get("/betroffene-abrufe")
def show_affected(
    request: Request, db: Db, now: Now, _reader: Reader, am: Annotated[str, Query()] = ""
) -> Response:
    """Open orders that stand differently than in their last decision, today or on a day to come."""
    today = legal_day(now)
    errors: list[FieldError] = []
    try:
        chosen = _day_from(am, today)
    except Malformed as refused:
        errors, chosen = list(refused.errors), today
    context = {
        "found": affected_call_offs(db, chosen, now),
        "on": chosen,
        "today": today,
        "am": am,
        "errors": errors,
    }
    return render(request, "ordering/affected.html", context, 422 if errors else 200)
