"""The approver's pages: what waits, and deciding on it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.approve_call_off import Blocked, Placed, approve_call_off
from app.ordering.asking import actor, buyer
from app.ordering.reject_call_off import reject_call_off
from app.ordering.routes import call_off_page, seen_version
from app.ordering.waiting import decidable
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Approver = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_APPROVE))]


async def ticked_rules(request: Request) -> list[str]:
    """The conditions that the approver has taken note of."""
    form = await request.form()
    return [rule for rule in form.getlist("acknowledged") if isinstance(rule, str)]


@router.get("/genehmigungen")
def show(request: Request, db: Db, now: Now, asking: Approver) -> Response:
    context = {"waiting": decidable(db, buyer(asking), now), "checked_at": now}
    return render(request, "ordering/approvals.html", context)


@router.post("/abrufe/{number}/genehmigen")
def approve(  # noqa: PLR0913 - what the request brings
    request: Request,
    db: Db,
    now: Now,
    asking: Approver,
    number: str,
    sent: Sent,
    acknowledged: Annotated[list[str], Depends(ticked_rules)],
) -> Response:
    result = approve_call_off(
        db,
        actor(asking),
        number,
        asking.tenant,
        now,
        seen=seen_version(sent),
        acknowledged=acknowledged,
    )
    match result:
        case Placed():
            return redirect(request, f"/abrufe/{number}")
        case Blocked(call_off=found, assessed=assessed):
            return call_off_page(request, db, found, asking, now, blocked=assessed)


@router.post("/abrufe/{number}/ablehnen")
def reject(
    request: Request, db: Db, now: Now, asking: Approver, number: str, sent: Sent
) -> Response:
    reject_call_off(
        db,
        actor(asking),
        number,
        asking.tenant,
        now,
        reason=sent.get("reason", ""),
        seen=seen_version(sent),
    )
    return redirect(request, f"/abrufe/{number}")
