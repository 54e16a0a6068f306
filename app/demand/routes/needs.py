"""A member's own needs: reporting, correcting, withdrawing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.demand.change_need import change_need
from app.demand.forms import read_need
from app.demand.queries import PAGE, categories, category_id, need_of, needs_seen
from app.demand.records import Need
from app.demand.report_need import report_need
from app.demand.round_queries import RUNNING, rounds_seen
from app.demand.rules import BOUGHT_WORDS, LONGEST_WHAT
from app.demand.withdraw_need import withdraw_need
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, MemberSeen, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/bedarf", include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
Orderer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
MINE = "/bedarf"
NO_MEMBER = "Bedarfe meldet, wer für ein Mitglied handelt. Alle Bedarfe stehen unter „Bedarfe“."


@router.get("")
def show_mine(
    request: Request,
    db: Db,
    now: Now,
    asking: Reader,
    seite: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    member(asking)
    found, total = needs_seen(db, asking.tenant, seite)
    rounds = [one for one in rounds_seen(db, asking.tenant) if one.round.state in RUNNING]
    context = {
        "needs": found,
        "total": total,
        "page": seite,
        "size": PAGE,
        "rounds": rounds,
        "today": legal_day(now),
        "may_report": asking.may(Scope.CALL_OFFS_WRITE),
    }
    return render(request, "demand/needs.html", context)


@router.get("/neu")
def start(
    request: Request, db: Db, asking: Orderer, q: Annotated[str, Query(max_length=400)] = ""
) -> Response:
    """`q` is what somebody looked for in vain."""
    member(asking)
    return _form(request, db, {"what": clean(q)[:LONGEST_WHAT], "quantity": "1"}, {})


@router.post("")
def report(request: Request, db: Db, now: Now, asking: Orderer, sent: Sent) -> Response:
    reporting = member(asking)
    try:
        report_need(db, reporting, asking.person_id, read_need(sent), now)
    except Malformed as fault:
        return _form(request, db, sent, fault.by_field, status=422)
    return redirect(
        request, MINE, "Ihr Bedarf ist gemeldet. Er zählt für die nächste Ausschreibung."
    )


@router.get("/{need_id}/bearbeiten")
def edit(request: Request, db: Db, asking: Orderer, need_id: int) -> Response:
    member(asking)
    need = need_of(db, asking.tenant, need_id)
    return _form(request, db, _as_sent(db, need), {}, need=need)


@router.post("/{need_id}")
def change(
    request: Request, db: Db, now: Now, asking: Orderer, need_id: int, sent: Sent
) -> Response:
    changing = member(asking)
    need = need_of(db, asking.tenant, need_id)
    try:
        change_need(db, changing, asking.person_id, need_id, read_need(sent), now)
    except Malformed as fault:
        return _form(request, db, sent, fault.by_field, need=need, status=422)
    return redirect(request, MINE, "Ihr Bedarf ist geändert.")


@router.post("/{need_id}/zurueckziehen")
def withdraw(request: Request, db: Db, now: Now, asking: Orderer, need_id: int) -> Response:
    withdraw_need(db, member(asking), asking.person_id, need_id, now)
    return redirect(request, MINE, "Ihr Bedarf ist zurückgezogen.")


def member(asking: Asking) -> MemberSeen:
    """Whose needs these are; NotAllowed for people of the cooperative."""
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    return asking.member


def _as_sent(db: Session, need: Need) -> dict[str, str]:
    slugs = {category_id(db, slug): slug for slug, _ in categories(db)} if need.category_id else {}
    net = need.estimated_net
    return {
        "what": need.what,
        "quantity": str(need.quantity),
        "needed_by": need.needed_by.isoformat(),
        "reason": need.reason,
        "bought_by": need.bought_by.value,
        "minutes_lost": "" if need.minutes_lost is None else str(need.minutes_lost),
        "estimated_net": "" if net is None else net.text.replace(".", ","),
        "category": slugs.get(need.category_id, ""),
    }


def _form(
    request: Request,
    db: Session,
    sent: dict[str, str],
    errors: dict[str, str],
    *,
    need: Need | None = None,
    status: int = 200,
) -> Response:
    context = {
        "sent": sent,
        "errors": errors,
        "need": need,
        "categories": categories(db),
        "bought_options": [(word.value, text, "") for word, text in BOUGHT_WORDS.items()],
    }
    return render(request, "demand/need_form.html", context, status=status)
