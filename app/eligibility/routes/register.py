"""Pages of the register: every member, one member, the cooperative."""

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.eligibility.cooperative_page import cooperative_page
from app.eligibility.forms import year_wish
from app.eligibility.member_page import member_page
from app.eligibility.record_turnover import record_turnover
from app.eligibility.register import Standing, member_register
from app.eligibility.routes.handed import Handed
from app.kernel.errors import Malformed
from app.kernel.german import fold
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.EVIDENCE_WRITE))]

PAGE_SIZE: Final = 25


@router.get("/inhouse-register")
def show_register(
    request: Request,
    db: Db,
    now: Now,
    _reader: Reader,
    stand: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """All members, the most urgent first; filter and search work on the same rows."""
    register = member_register(db, now)
    wanted = fold(q.strip())
    rows = [
        row
        for row in register.rows
        if (stand not in set(Standing) or row.standing == stand)
        and (not wanted or wanted in fold(f"{row.member.name} {row.member.key}"))
    ]
    context = {
        "register": register,
        "rows": rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        "total": len(rows),
        "size": PAGE_SIZE,
        "page": page,
        "stand": stand,
        "q": q,
        "now": now,
    }
    return render(request, "eligibility/register.html", context)


@router.get("/inhouse-register/genossenschaft")
def show_cooperative(request: Request, db: Db, now: Now, reader: Reader) -> Response:
    return _cooperative(request, db, now, reader, {})


@router.post("/inhouse-register/genossenschaft")
def add_year(
    request: Request, db: Db, now: Now, writer: Writer, sent: Sent, handed: Handed
) -> Response:
    """Record a closed fiscal year; the form comes back with its faults."""
    try:
        record_turnover(db, year_wish(sent, *handed), writer.person_id, now)
    except Malformed as refused:
        context = {"sent": sent, "errors": list(refused.errors)}
        return _cooperative(request, db, now, writer, context, status=422)
    return redirect(request, "/inhouse-register/genossenschaft")


def _cooperative(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    context: dict[str, Any],
    status: int = 200,
) -> Response:
    known: dict[str, Any] = {
        "view": cooperative_page(db, now),
        "now": now,
        "may_add": asking.may(Scope.EVIDENCE_WRITE),
        "sent": {},
        "errors": [],
    }
    return render(request, "eligibility/cooperative.html", known | context, status)


@router.get("/inhouse-register/{member_key}")
def show_member(request: Request, db: Db, now: Now, _reader: Reader, member_key: str) -> Response:
    context = {"view": member_page(db, member_key, now), "now": now}
    return render(request, "eligibility/member.html", context)
