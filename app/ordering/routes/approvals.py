"""The approver's page: what waits for this very person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.changing.queries import waiting_for
from app.ordering.changing.rules import ChangeState
from app.ordering.waiting import decidable
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.pages import render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Approver = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_APPROVE))]


@router.get("/genehmigungen")
def show(request: Request, db: Db, now: Now, asking: Approver) -> Response:
    owner = buyer(asking)
    context = {
        "waiting": decidable(db, owner, now),
        "changes": waiting_for(db, ChangeState.AGREED, owner.member_id),
        "checked_at": now,
    }
    return render(request, "ordering/approvals.html", context)
