"""Demand rounds: members answer, the desk asks, decides and closes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.demand.answer_round import answer_round
from app.demand.approve_quantities import approve_quantities
from app.demand.forms import (
    read_answer,
    read_approvals,
    read_round,
    read_round_move,
)
from app.demand.move_round import move_round
from app.demand.name_framework import name_framework
from app.demand.need_csv import answers_csv
from app.demand.open_round import open_round
from app.demand.queries import categories
from app.demand.round_queries import answer_of, round_seen, rounds_seen
from app.demand.rules import moves_of
from app.frameworks.queries import all_frameworks
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, asking_page, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/bedarfsrunden", include_in_schema=False)
NOT_YOURS = "Bedarfsrunden sehen die Mitglieder, die abrufen, und die Abwicklung."
NO_MEMBER = "Eine Menge meldet, wer für ein Mitglied abruft."


def round_reader(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """Members who see orders, and those of the cooperative who see the cockpit."""
    scope = Scope.CALL_OFFS_READ if asking.member else Scope.COCKPIT_READ
    if not asking.may(scope):
        raise NotAllowed(NOT_YOURS, "role_not_allowed")
    return asking


Reader = Annotated[Asking, Depends(round_reader)]
Orderer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Steering = Annotated[Asking, Depends(needs(Scope.DEMAND_WRITE))]
Overview = Annotated[Asking, Depends(needs(Scope.COCKPIT_READ))]


@router.get("")
def show_all(request: Request, db: Db, now: Now, asking: Reader) -> Response:
    context = {
        "rounds": rounds_seen(db, asking.tenant),
        "today": legal_day(now),
        "may_steer": asking.may(Scope.DEMAND_WRITE),
    }
    return render(request, "demand/rounds.html", context)


@router.get("/neu")
def start(request: Request, db: Db, _asking: Steering) -> Response:
    return _form(request, db, {}, {})


@router.post("")
def create(request: Request, db: Db, now: Now, asking: Steering, sent: Sent) -> Response:
    try:
        wish, unread = read_round(sent)
        opened = open_round(db, wish, asking.person_id, now, unread)
    except Malformed as fault:
        return _form(request, db, sent, fault.by_field, status=422)
    return redirect(request, f"/bedarfsrunden/{opened.id}", "Die Bedarfsrunde ist angelegt.")


@router.get("/{round_id}")
def show(request: Request, db: Db, now: Now, asking: Reader, round_id: int) -> Response:
    return _show(request, db, now, asking, round_id)


@router.get("/{round_id}/meldungen.csv")
def export(db: Db, asking: Overview, round_id: int) -> Response:
    content = answers_csv(round_seen(db, asking.tenant, round_id))
    return download(content, "text/csv; charset=utf-8", f"bedarfsrunde-{round_id}.csv")


@router.post("/{round_id}/meldung")
def answer(
    request: Request, db: Db, now: Now, asking: Orderer, round_id: int, sent: Sent
) -> Response:
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    round_seen(db, asking.tenant, round_id)
    try:
        answer_round(db, round_id, asking.member, asking.person_id, read_answer(sent), now)
    except Malformed as fault:
        return _show(request, db, now, asking, round_id, sent, fault.by_field)
    return redirect(request, f"/bedarfsrunden/{round_id}", "Ihre Antwort ist gespeichert.")


@router.post("/{round_id}/mengen")
def approve(
    request: Request, db: Db, now: Now, asking: Steering, round_id: int, sent: Sent
) -> Response:
    try:
        approve_quantities(db, round_id, read_approvals(sent), asking.person_id, now)
    except Malformed as fault:
        return _show(request, db, now, asking, round_id, sent, fault.by_field)
    return redirect(request, f"/bedarfsrunden/{round_id}", "Die Mengen sind freigegeben.")


@router.post("/{round_id}/schritt")
def move(
    request: Request, db: Db, now: Now, asking: Steering, round_id: int, sent: Sent
) -> Response:
    try:
        wanted, reason = read_round_move(sent)
        move_round(db, round_id, wanted, asking.person_id, now, reason)
    except Malformed as fault:
        return _show(request, db, now, asking, round_id, sent, fault.by_field)
    return redirect(request, f"/bedarfsrunden/{round_id}", "Der Stand der Runde ist geändert.")


@router.post("/{round_id}/rahmenvertrag")
def name(
    request: Request, db: Db, now: Now, asking: Steering, round_id: int, sent: Sent
) -> Response:
    number = clean(sent.get("framework", ""))[:40]
    try:
        name_framework(db, round_id, number, asking.person_id, now)
    except Malformed as fault:
        return _show(request, db, now, asking, round_id, sent, fault.by_field)
    return redirect(
        request, f"/bedarfsrunden/{round_id}", "Der Rahmenvertrag der Runde ist eingetragen."
    )


def _show(
    request: Request,
    db: Session,
    now: Now,
    asking: Asking,
    round_id: int,
    sent: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    seen = round_seen(db, asking.tenant, round_id)
    own = answer_of(db, round_id, asking.member.id) if asking.member else None
    steers = asking.may(Scope.DEMAND_WRITE)
    context = {
        "seen": seen,
        "own": own,
        "open": seen.open_on(legal_day(now)),
        "may_answer": asking.member is not None and asking.may(Scope.CALL_OFFS_WRITE),
        "may_steer": steers,
        "moves": moves_of(seen.round.state) if steers else (),
        "frameworks": [one.framework for one in all_frameworks(db)] if steers else [],
        "sent": sent or {},
        "errors": errors or {},
    }
    return render(request, "demand/round.html", context, status=422 if errors else 200)


def _form(
    request: Request,
    db: Session,
    sent: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    context = {"sent": sent, "errors": errors, "categories": categories(db)}
    return render(request, "demand/round_form.html", context, status=status)
