"""Needs over all members: what is asked for most, and what becomes of it."""

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.demand.decide_needs import decide_needs
from app.demand.forms import read_decision
from app.demand.need_csv import ranked_csv
from app.demand.queries import Ranked, categories, needs_about, ranked
from app.demand.round_queries import running_rounds
from app.demand.rules import LONGEST_SUBJECT, NeedState
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/bedarfe", include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.COCKPIT_READ))]
Decider = Annotated[Asking, Depends(needs(Scope.DEMAND_WRITE))]
Category = Annotated[str, Query(max_length=80)]
Words = Annotated[str, Query(max_length=200)]
TOO_LONG: Final = 10  # digits of a number of a need
STANDING: Final = {
    "offen": (NeedState.OPEN,),
    "geplant": (NeedState.PLANNED,),
    "alle": (NeedState.OPEN, NeedState.PLANNED, NeedState.AVAILABLE, NeedState.DECLINED),
}


async def chosen_needs(request: Request) -> list[int]:
    """The ticked rows."""
    form = await request.form()
    texts = [value for value in form.getlist("bedarf") if isinstance(value, str)]
    return [
        int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < TOO_LONG
    ]


@router.get("")
def show_ranked(
    request: Request, db: Db, asking: Reader, stand: str = "offen", warengruppe: Category = ""
) -> Response:
    context = {
        "rows": _rows(db, stand, warengruppe),
        "standing": stand if stand in STANDING else "offen",
        "category": warengruppe,
        "categories": categories(db),
        "may_steer": asking.may(Scope.DEMAND_WRITE),
    }
    return render(request, "demand/ranking.html", context)


@router.get("/export.csv")
def export(
    db: Db, now: Now, _asking: Reader, stand: str = "offen", warengruppe: Category = ""
) -> Response:
    content = ranked_csv(_rows(db, stand, warengruppe))
    return download(content, "text/csv; charset=utf-8", f"bedarfe-{legal_day(now).isoformat()}.csv")


@router.get("/gleiche")
def show_group(request: Request, db: Db, asking: Reader, worte: Words = "") -> Response:
    return _group(request, db, asking, worte, {}, {})


@router.post("/entscheidung")
def decide(
    request: Request,
    db: Db,
    now: Now,
    asking: Decider,
    sent: Sent,
    chosen: Annotated[list[int], Depends(chosen_needs)],
) -> Response:
    subject = sent.get("worte", "")[:LONGEST_SUBJECT]
    here = {one.need.id for one in needs_about(db, subject)}
    try:
        decision = read_decision(sent)
        wanted = [need_id for need_id in chosen if need_id in here]
        decide_needs(db, wanted, decision, asking.person_id, now)
    except Malformed as fault:
        return _group(request, db, asking, subject, sent, fault.by_field, status=422)
    return redirect(
        request,
        f"/bedarfe/gleiche?{urlencode({'worte': subject})}",
        "Die Entscheidung ist eingetragen. Die Mitglieder sehen sie bei ihrem Bedarf.",
    )


def _group(
    request: Request,
    db: Session,
    asking: Asking,
    subject: str,
    sent: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    context = {
        "subject": subject,
        "needs": needs_about(db, subject),
        "rounds": running_rounds(db),
        "sent": sent,
        "errors": errors,
        "may_steer": asking.may(Scope.DEMAND_WRITE),
    }
    return render(request, "demand/group.html", context, status=status)


def _rows(db: Session, standing: str, category: str) -> tuple[Ranked, ...]:
    return ranked(db, STANDING.get(standing, STANDING["offen"]), category)
