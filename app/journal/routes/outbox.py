"""The outbox: what waits to be sent, what was given up, and sending it again."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.journal import outbox_queries
from app.journal.outbox_queries import Shelf
from app.journal.outbox_words import fault_words, kind_words
from app.journal.retry_message import retry_all, retry_message
from app.kernel.errors import NotAllowed
from app.members.current import Asking, asking_page
from app.members.rules import Role
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=100)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


def administrator(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """Who keeps the portal running."""
    if not asking.has(Role.ADMIN):
        raise NotAllowed("Den Versand sieht nur die Administration.")
    return asking


Admin = Annotated[Asking, Depends(administrator)]


@router.get("/verwaltung/versand")
def show_outbox(
    request: Request, db: Db, _admin: Admin, fach: Text = Shelf.WAITING, page: PageNumber = 1
) -> Response:
    shelf = Shelf(fach) if fach in set(Shelf) else Shelf.WAITING
    context = {
        "outbox": outbox_queries.outbox(db, shelf, page),
        "shelf": shelf,
        "size": outbox_queries.PAGE_SIZE,
        "page": page,
        "kind_words": kind_words,
        "fault_words": fault_words,
    }
    return render(request, "journal/outbox.html", context)


@router.post("/verwaltung/versand/erneut")
def retry_every(request: Request, db: Db, now: Now, admin: Admin) -> Response:
    retry_all(db, admin.actor, now)
    return redirect(request, "/verwaltung/versand", "Die Nachrichten werden erneut versendet.")


@router.post("/verwaltung/versand/{message_id}/erneut")
def retry(request: Request, db: Db, now: Now, admin: Admin, message_id: int) -> Response:
    retry_message(db, message_id, admin.actor, now)
    return redirect(request, "/verwaltung/versand", "Die Nachricht wird erneut versendet.")
