"""Pages of framework agreements: what is left, and editing for those who manage them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.frameworks import queries
from app.frameworks.change_framework import change_framework
from app.frameworks.forms import read_terms
from app.frameworks.open_lots import is_party
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, asking_page, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Asking, Depends(asking_page)]
Manager = Annotated[Asking, Depends(needs(Scope.FRAMEWORKS_WRITE))]


@router.get("/rahmenvertraege")
def show_all(request: Request, db: Db, now: Now, _asking: Anybody) -> Response:
    today = legal_day(now)
    found = queries.all_frameworks(db)
    context = {
        "running": [one for one in found if one.runs_on(today)],
        "others": [one for one in found if not one.runs_on(today)],
        "today": today,
    }
    return render(request, "frameworks/frameworks.html", context)


@router.get("/rahmenvertraege/{number}")
def show(request: Request, db: Db, now: Now, asking: Anybody, number: str) -> Response:
    context = _context(db, asking, number, now)
    return render(request, "frameworks/framework.html", context)


@router.get("/rahmenvertraege/{number}/bearbeiten")
def edit(request: Request, db: Db, now: Now, asking: Manager, number: str) -> Response:
    context = _context(db, asking, number, now) | {"errors": {}, "sent": {}}
    return render(request, "frameworks/edit.html", context)


@router.post("/rahmenvertraege/{number}/bearbeiten")
def change(
    request: Request, db: Db, now: Now, asking: Manager, number: str, sent: Sent
) -> Response:
    lots = queries.framework(db, number).lots
    seen = sent.get("version", "")
    try:
        terms = read_terms(sent, lots)
        change_framework(
            db,
            asking.person_id,
            number,
            terms,
            sent.get("reason", ""),
            now,
            seen=int(seen) if seen.isdecimal() else None,
        )
    except Malformed as wrong:
        db.rollback()
        errors = {error.field: error.text for error in wrong.errors}
        context = _context(db, asking, number, now) | {"errors": errors, "sent": sent}
        return render(request, "frameworks/edit.html", context, status=422)
    return redirect(request, f"/rahmenvertraege/{number}")


def _context(db: Session, asking: Asking, number: str, now: Now) -> dict[str, Any]:
    found = queries.framework(db, number)
    member = asking.member
    return {
        "found": found,
        "framework": found.framework,
        "lots": found.lots,
        "changes": queries.changes(db, found.framework.id),
        "today": legal_day(now),
        "is_party": member is None or is_party(db, found.framework, member.id, legal_day(now)),
    }
