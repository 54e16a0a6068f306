"""The page on which a member's administrator keeps the rule table."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.approvals.add_rule import TableKeeper, add_rule
from app.approvals.change_settings import change_settings
from app.approvals.end_rule import end_rule
from app.approvals.forms import PLACES, read_rule, read_settings
from app.approvals.move_rule import move_rule
from app.approvals.table_page import Question, dry_run, table_page
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.german import clean
from app.kernel.money import NOTHING
from app.members.current import Asking, needs
from app.members.forms import money, sentences, whole
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Keeper = Annotated[Asking, Depends(needs(Scope.USERS_WRITE))]
HERE = "/verwaltung/freigaberegeln"
OWN_ONLY = "Freigaberegeln pflegt jedes Mitglied selbst, für alle seine Einheiten zusammen."


@router.get(HERE)
def show(request: Request, db: Db, now: Now, asking: Keeper) -> Response:
    """With `wert` in the address the page also says who would sign."""
    return _page(request, db, asking, now, dict(request.query_params), {})


@router.post(HERE)
def add(request: Request, db: Db, now: Now, asking: Keeper, sent: Sent) -> Response:
    keeper = _keeper(asking)
    try:
        add_rule(db, keeper, read_rule(sent), now)
    except Malformed as fault:
        return _page(request, db, asking, now, {}, sentences(fault.errors), sent)
    return redirect(request, HERE, "Die Freigaberegel ist angelegt. Sie gilt für neue Abrufe.")


@router.post("/verwaltung/freigaberegeln/einstellungen")
def settle(request: Request, db: Db, now: Now, asking: Keeper, sent: Sent) -> Response:
    keeper = _keeper(asking)
    try:
        days, above = read_settings(sent)
        change_settings(db, keeper, days, above, now)
    except Malformed as fault:
        return _page(request, db, asking, now, {}, sentences(fault.errors), sent)
    return redirect(request, HERE, "Die Einstellung ist gespeichert.")


@router.post("/verwaltung/freigaberegeln/{approval_rule}/hoch")
def move_up(request: Request, db: Db, now: Now, asking: Keeper, approval_rule: int) -> Response:
    move_rule(db, _keeper(asking), approval_rule, now, up=True)
    return redirect(request, HERE, "Die Regel steht jetzt weiter oben.")


@router.post("/verwaltung/freigaberegeln/{approval_rule}/runter")
def move_down(request: Request, db: Db, now: Now, asking: Keeper, approval_rule: int) -> Response:
    move_rule(db, _keeper(asking), approval_rule, now, up=False)
    return redirect(request, HERE, "Die Regel steht jetzt weiter unten.")


@router.post("/verwaltung/freigaberegeln/{approval_rule}/beenden")
def end(request: Request, db: Db, now: Now, asking: Keeper, approval_rule: int) -> Response:
    end_rule(db, _keeper(asking), approval_rule, now)
    return redirect(
        request, HERE, "Die Freigaberegel ist beendet. Laufende Abrufe behalten ihren Weg."
    )


def _keeper(asking: Asking) -> TableKeeper:
    if asking.member is None or asking.units is not None:
        raise NotAllowed(OWN_ONLY)
    return TableKeeper(asking.person_id, asking.member.id)


def _page(
    request: Request,
    db: Session,
    asking: Asking,
    now: Now,
    asked: Mapping[str, str],
    errors: dict[str, str],
    typed: Mapping[str, str] | None = None,
) -> Response:
    member_id = _keeper(asking).member_id
    context: dict[str, Any] = {
        "page": table_page(db, member_id, now),
        "places": PLACES,
        "typed": typed or {},
        "asked": asked,
        "answer": None,
        "errors": errors,
    }
    if asked.get("wert"):
        try:
            context["answer"] = dry_run(db, member_id, _question(asked), now)
        except Malformed as fault:
            context["errors"] = errors | {"wert": fault.text}
    return render(
        request, "approvals/rules.html", context, status=422 if context["errors"] else 200
    )


def _question(asked: Mapping[str, str]) -> Question:
    return Question(
        money("wert", asked.get("wert", "")) or NOTHING,
        clean(asked.get("auf", ""))[:60],
        whole("fuer", asked.get("fuer", "")),
        whole("von", asked.get("von", "")),
    )
