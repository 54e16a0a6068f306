"""Pages of the desk, and delivery notes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.store import content
from app.database.tenant import EVERY_MEMBER
from app.fulfilment import queries, queue_queries
from app.fulfilment.confirm_many import confirm_many
from app.fulfilment.correct_serial import Correction, correct_serial
from app.fulfilment.desk_page import desk_page
from app.fulfilment.export_queue import export_queue
from app.fulfilment.forms import (
    Typed,
    page_errors,
    typed_delivery,
)
from app.fulfilment.queue_queries import PAGE_SIZE
from app.fulfilment.queue_view import View, Wish
from app.fulfilment.record_delivery import record_delivery
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.act import check_version
from app.ordering.asking import actor
from app.ordering.comment_on_call_off import comment_on_call_off
from app.ordering.queries import call_off, lock_call_off
from app.ordering.rules import Side
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter()
Desk = Annotated[Asking, Depends(needs(Scope.DELIVERIES_WRITE))]
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
Receiver = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]

PDF: Final = "application/pdf"
CSV: Final = "text/csv; charset=utf-8"


def wish(
    *,
    stand: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    ueberfaellig: Annotated[str, Query(max_length=5)] = "",
    nachweis: Annotated[str, Query(max_length=5)] = "",
    aenderung: Annotated[str, Query(max_length=5)] = "",
    antwort: Annotated[str, Query(max_length=5)] = "",
    rahmenvertrag: Annotated[str, Query(max_length=40)] = "",
    sort: Annotated[str, Query(max_length=20)] = "dringend",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Wish:
    """What the address asks for; somebody who searches without a segment searches everywhere."""
    otherwise = View.ALL if q.strip() else View.OPEN
    view = View(stand) if stand in set(View) else otherwise
    return Wish(
        view,
        q,
        overdue=bool(ueberfaellig),
        blocked=bool(nachweis),
        changes=bool(aenderung),
        answers=bool(antwort),
        framework=rahmenvertrag,
        sort=sort,
        page=page,
    )


Wished = Annotated[Wish, Depends(wish)]


async def chosen(request: Request) -> list[str]:
    """The ticked rows of the queue."""
    form = await request.form()
    return [value for value in form.getlist("nummer") if isinstance(value, str)]


@router.get("/abwicklung")
def show_queue(
    request: Request,
    db: Db,
    now: Now,
    _desk: Desk,
    wished: Wished,
    bestaetigt: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Response:
    return _queue(request, db, now, wished, {"confirmed": bestaetigt})


@router.get("/abwicklung/export.csv")
def export(db: Db, now: Now, _desk: Desk, wished: Wished) -> Response:
    today = legal_day(now)
    rows = queue_queries.all_rows(db, wished, today)
    return download(export_queue(rows), CSV, f"abrufe-{today.isoformat()}.csv")


@router.post("/abwicklung/bestaetigen")
def confirm_chosen(
    *,
    request: Request,
    db: Db,
    now: Now,
    desk: Desk,
    wished: Wished,
    numbers: Annotated[list[str], Depends(chosen)],
    sent: Sent,
) -> Response:
    typed = Typed(sent)
    try:
        promised = typed.day("promised_date")
        typed.check()
        count = confirm_many(db, actor(desk), numbers, promised, now)
    except Malformed as error:
        return _queue(request, db, now, wished, {"errors": error.by_field, "chosen": numbers}, 422)
    return redirect(request, wished.at("/abwicklung", bestaetigt=str(count)))


@router.get("/abwicklung/{number}")
def show_call_off(
    request: Request,
    db: Db,
    now: Now,
    _desk: Desk,
    wished: Wished,
    number: str,
    gebucht: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    return _desk_page(request, db, now, number, {"booked": gebucht, "wish": wished})


@router.post("/abwicklung/{number}/bestaetigen")
def confirm(
    *, request: Request, db: Db, now: Now, desk: Desk, wished: Wished, number: str, sent: Sent
) -> Response:
    """Then on to what follows in the list as it stood before."""
    typed = Typed(sent)
    following = queue_queries.next_number(db, wished, number, legal_day(now))
    try:
        promised = typed.day("promised_date")
        seen = _seen(typed)
        typed.check()
        confirm_call_off(
            db, actor(desk), number, EVERY_MEMBER, now, promised_date=promised, seen=seen
        )
    except Malformed as error:
        return _again(request, db, now, number, typed, error, {"wish": wished})
    return redirect(
        request,
        wished.at(f"/abwicklung/{number}"),
        "Der Abruf ist bestätigt. Das Mitglied ist benachrichtigt.",
        "Nächster Abruf" if following else "Zur Liste",
        wished.at(f"/abwicklung/{following}" if following else "/abwicklung"),
    )


@router.post("/abwicklung/{number}/lieferungen")
def deliver(
    *, request: Request, db: Db, now: Now, desk: Desk, wished: Wished, number: str, sent: Sent
) -> Response:
    typed = Typed(sent)
    found = lock_call_off(db, number, EVERY_MEMBER)
    try:
        delivered_on = typed.day("delivered_on")
        check_version(found, _seen(typed))
        wanted = typed_delivery(typed, found.lines)
        booked = record_delivery(db, found, wanted, actor(desk), now, delivered_on)
    except Malformed as error:
        return _again(request, db, now, number, typed, error, {"wish": wished})
    return redirect(request, wished.at(f"/abwicklung/{number}", gebucht=booked.number))


@router.post("/abwicklung/{number}/stornieren")
def cancel(request: Request, db: Db, now: Now, desk: Desk, number: str, sent: Sent) -> Response:
    typed = Typed(sent)
    try:
        cancel_call_off(
            db,
            actor(desk),
            number,
            EVERY_MEMBER,
            now,
            side=Side.DESK,
            reason=sent.get("reason", ""),
            seen=_seen(typed),
        )
    except Malformed as error:
        return _again(request, db, now, number, typed, error)
    return redirect(
        request,
        f"/abwicklung/{number}",
        "Der Rest ist storniert. Das Mitglied ist benachrichtigt.",
        "Zur Liste",
        "/abwicklung",
    )


@router.post("/abwicklung/{number}/nachrichten")
def comment(request: Request, db: Db, now: Now, desk: Desk, number: str, sent: Sent) -> Response:
    text = sent.get("text", "")
    try:
        comment_on_call_off(db, actor(desk), number, EVERY_MEMBER, now, side=Side.DESK, text=text)
    except Malformed as error:
        return _again(request, db, now, number, Typed(sent), error)
    return redirect(request, f"/abwicklung/{number}#h-nachrichten", "Die Nachricht ist gesendet.")


@router.post("/abwicklung/{number}/seriennummern/{serial_id}")
def correct(
    *, request: Request, db: Db, now: Now, desk: Desk, number: str, serial_id: int, sent: Sent
) -> Response:
    found = lock_call_off(db, number, EVERY_MEMBER)
    wanted = Correction(serial_id, sent.get("after", ""), sent.get("correction_reason", ""))
    try:
        correct_serial(db, found, wanted, actor(desk), now)
    except Malformed as error:
        return _again(request, db, now, number, Typed({**sent, "serial": str(serial_id)}), error)
    return redirect(
        request, f"/abwicklung/{number}#h-lieferungen", "Die Seriennummer ist korrigiert."
    )


@router.get("/lieferscheine/{number}.pdf")
def delivery_note(db: Db, asking: Reader, number: str) -> Response:
    found = queries.delivery(db, number, asking.tenant)
    stored = content(db, found.note_pdf_sha256 or "")
    return download(stored.content, PDF, f"{found.number}.pdf")


def _seen(typed: Typed) -> int | None:
    """The version on the page; a form without one is not ours but harms nothing."""
    return typed.whole("version") or None


def _queue(
    request: Request,
    db: Session,
    now: datetime,
    wished: Wish,
    more: Mapping[str, Any],
    status: int = 200,
) -> Response:
    today = legal_day(now)
    context = {
        "wish": wished,
        "q": wished.text,
        "queue": queue_queries.queue(db, wished, today),
        "frameworks": queue_queries.frameworks_in_use(db),
        "size": PAGE_SIZE,
        "today": today,
        "errors": {},
        "chosen": [],
        "confirmed": 0,
        **more,
    }
    return render(request, "fulfilment/queue.html", context, status)


def _desk_page(
    request: Request,
    db: Session,
    now: datetime,
    number: str,
    more: Mapping[str, Any],
    status: int = 200,
) -> Response:
    page = desk_page(db, number, now, request.state.asking.person_id)
    parts = request.app.state.order_parts(db, page.call_off, request.state.asking)
    today = legal_day(now)
    context = {**parts, "page": page, "booked": "", "today": today, "wish": Wish(), **more}
    following = queue_queries.next_number(db, context["wish"], number, today)
    return render(request, "fulfilment/call_off.html", {**context, "following": following}, status)


def _again(
    request: Request,
    db: Session,
    now: datetime,
    number: str,
    typed: Typed,
    error: Malformed,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """The same page with the sentences at their fields; what was typed is still there."""
    lines = call_off(db, number, EVERY_MEMBER).lines
    known = {"errors": page_errors(error.errors, lines), "typed": typed.fields, **(more or {})}
    return _desk_page(request, db, now, number, known, 422)
