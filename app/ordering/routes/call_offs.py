"""Pages of call-offs: the list, one order, and what its people may do with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.store import content
from app.eligibility.judging.snapshot import exported
from app.kernel.errors import FieldError, Malformed, NotAllowed, NotFound
from app.kernel.german import whole_number
from app.kernel.month import Month
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import actor, buyer
from app.ordering.charging.effects_of import order_budgets
from app.ordering.comment_on_call_off import comment_on_call_off
from app.ordering.forms import read_minutes
from app.ordering.records import CallOff
from app.ordering.rules import ON_RECORD, RUNNING, Side, State
from app.ordering.showing.export_call_offs import call_offs_csv, call_offs_workbook
from app.ordering.showing.order_page import order_page, side_of
from app.ordering.steps.approve_call_off import (
    Blocked,
    Placed,
    StepApproved,
    approve_call_off,
)
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.complete_call_off import complete_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.steps.resubmit_call_off import resubmit_call_off
from app.ordering.steps.state_minutes import state_minutes
from app.ordering.submission import Refused
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Approver = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_APPROVE))]
OPEN = "offen"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OrderParts = Callable[[Session, CallOff, Asking], dict[str, Any]]


@router.get("/abrufe")
def show_all(
    request: Request,
    db: Db,
    asking: Reader,
    stand: str = "",
    monat: str = "",
    q: str = "",
    sort: str = "neu",
    seite: int = 1,
) -> Response:
    wish = queries.Wish(_states(stand), Month.parse(monat), q, sort, seite)
    counts = queries.state_counts(db, asking.tenant)
    filters = {"stand": stand, "monat": monat, "q": q, "sort": sort}
    context = {
        "listing": queries.listing(db, wish, asking.tenant),
        "segments": _segments(counts, stand),
        "params": {name: value for name, value in filters.items() if value},
        "csv": "/abrufe.csv?" + urlencode(filters),
        "xlsx": "/abrufe.xlsx?" + urlencode(filters),
        "size": queries.PAGE,
        **filters,
    }
    return render(request, "ordering/call_offs.html", context)


@router.get("/abrufe.csv")
def export_all(
    db: Db, asking: Reader, stand: str = "", monat: str = "", q: str = "", sort: str = "neu"
) -> Response:
    wish = queries.Wish(_states(stand), Month.parse(monat), q, sort)
    content = call_offs_csv(queries.everything(db, wish, asking.tenant))
    return download(content, "text/csv; charset=utf-8", "abrufe.csv")


@router.get("/abrufe.xlsx")
def export_workbook(
    db: Db, asking: Reader, stand: str = "", monat: str = "", q: str = "", sort: str = "neu"
) -> Response:
    wish = queries.Wish(_states(stand), Month.parse(monat), q, sort)
    content = call_offs_workbook(queries.everything(db, wish, asking.tenant))
    return download(content, XLSX, "abrufe.xlsx")


@router.get("/abrufe/{number}")
def show(request: Request, db: Db, now: Now, asking: Reader, number: str) -> Response:
    found = queries.call_off(db, number, asking.tenant)
    return call_off_page(request, db, found, asking, now)


@router.get("/abrufe/{number}/vermerk.pdf")
def memo(db: Db, asking: Reader, number: str) -> Response:
    found = queries.call_off(db, number, asking.tenant)
    if found.memo_pdf_sha256 is None:
        raise NotFound("Den Abrufvermerk gibt es ab der Genehmigung.")
    stored = content(db, found.memo_pdf_sha256)
    return download(stored.content, stored.media_type, f"Abrufvermerk-{number}.pdf")


@router.get("/abrufe/{number}/entscheidung.json")
def decision(db: Db, asking: Reader, number: str) -> Response:
    found = queries.call_off(db, number, asking.tenant)
    latest = queries.decisions(db, found)[-1]
    name = f"Inhouse-Entscheidung-{number}.json"
    text = exported(latest.snapshot, latest.sha256)
    return download(text.encode(), "application/json", name)


async def ticked_rules(request: Request) -> list[str]:
    """The conditions that the approver has taken note of."""
    form = await request.form()
    return [rule for rule in form.getlist("acknowledged") if isinstance(rule, str)]


@router.post("/abrufe/{number}/genehmigen")
def approve(
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
        case Placed() | StepApproved():
            return redirect(
                request,
                f"/abrufe/{number}",
                "Ihre Genehmigung ist gespeichert.",
                "Weitere Genehmigungen",
                "/genehmigungen",
            )
        case Blocked(call_off=found):
            return call_off_page(request, db, found, asking, now, blocked=result)


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
    return redirect(
        request,
        f"/abrufe/{number}",
        "Der Abruf ist abgelehnt. Die vorgemerkte Menge ist wieder frei.",
        "Weitere Genehmigungen",
        "/genehmigungen",
    )


@router.post("/abrufe/{number}/stornieren")
def cancel(request: Request, db: Db, now: Now, asking: Buyer, number: str, sent: Sent) -> Response:
    cancel_call_off(
        db,
        actor(asking),
        number,
        asking.tenant,
        now,
        side=Side.ORDERER,
        reason=sent.get("reason", ""),
        seen=seen_version(sent),
    )
    return redirect(
        request,
        f"/abrufe/{number}",
        "Der Abruf ist storniert. Die vorgemerkte Menge ist wieder frei.",
    )


@router.post("/abrufe/{number}/einreichen")
def resubmit(
    request: Request, db: Db, now: Now, asking: Buyer, number: str, sent: Sent
) -> Response:
    result = resubmit_call_off(
        db, actor(asking), number, asking.tenant, now, seen=seen_version(sent)
    )
    if isinstance(result, Refused):
        found = queries.call_off(db, number, asking.tenant)
        return call_off_page(request, db, found, asking, now, blocked=result)
    return redirect(request, f"/abrufe/{number}", "Der Abruf ist erneut eingereicht.")


@router.post("/abrufe/{number}/abschliessen")
def complete(
    request: Request, db: Db, now: Now, asking: Buyer, number: str, sent: Sent
) -> Response:
    complete_call_off(db, actor(asking), number, asking.tenant, now, seen=seen_version(sent))
    return redirect(request, f"/abrufe/{number}", "Der Abruf ist abgeschlossen.")


@router.post("/abrufe/{number}/zeit")
def minutes(request: Request, db: Db, asking: Buyer, number: str, sent: Sent) -> Response:
    buyer(asking)  # the member states its own minutes, the desk does not
    errors: dict[str, str] = {}
    stated = read_minutes(errors, "minuten", sent.get("minuten", "").strip())
    if errors:
        raise Malformed(FieldError("minuten", "number", errors["minuten"]))
    state_minutes(db, number, asking.tenant, stated, seen=seen_version(sent))
    return redirect(request, f"/abrufe/{number}", "Die Minuten sind gespeichert.")


@router.post("/abrufe/{number}/nachricht")
def comment(
    request: Request, db: Db, now: Now, asking: Reader, number: str, sent: Sent
) -> Response:
    side = side_of(asking)
    if not (asking.may(Scope.CALL_OFFS_WRITE) or side is Side.DESK):
        raise NotAllowed("Nachrichten schreiben Besteller und Abwicklung.")
    comment_on_call_off(
        db, actor(asking), number, asking.tenant, now, side=side, text=sent.get("text", "")
    )
    back = f"/abwicklung/{number}" if side is Side.DESK else f"/abrufe/{number}"
    return redirect(request, back, "Die Nachricht ist gesendet.")


def call_off_page(
    request: Request,
    db: Session,
    found: CallOff,
    asking: Asking,
    now: datetime,
    blocked: Blocked | Refused | None = None,
) -> Response:
    """The page of one order; what lies above ordering (deliveries, invoices) is wired in main."""
    parts: OrderParts | None = getattr(request.app.state, "order_parts", None)
    context: dict[str, Any] = {
        "page": order_page(db, found, asking, now),
        "checked_at": now,
        "blocked": blocked,
        "order_budgets": order_budgets(db, found) if asking.member else (),
        **(parts(db, found, asking) if parts is not None else {}),
    }
    status = 200 if blocked is None else 409
    return render(request, "ordering/call_off.html", context, status=status)


def seen_version(sent: dict[str, str]) -> int | None:
    """The version that the page showed."""
    text = sent.get("version", "")
    return whole_number(text)


def _states(word: str) -> tuple[State, ...]:
    """`offen`, one state, or all."""
    if word == OPEN:
        return RUNNING
    return (State(word),) if word in ON_RECORD else ()


def _segments(counts: dict[State, int], chosen: str) -> list[tuple[str, str, int, bool]]:
    """Filters with counts: all, open, and every state that occurs."""
    every = ("", sum(counts.values()))
    running = (OPEN, sum(counts.get(state, 0) for state in RUNNING))
    present = [(state.value, counts[state]) for state in ON_RECORD if counts.get(state)]
    return [
        (word, f"/abrufe?stand={word}" if word else "/abrufe", count, word == chosen)
        for word, count in (every, running, *present)
    ]
