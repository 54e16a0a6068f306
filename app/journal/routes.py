"""Pages of the auditor and of the outbox; the whole file of a call-off."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.archive.store import content
from app.eligibility.judging.snapshot import exported
from app.eligibility.queries import decision
from app.journal import audit_queries, outbox_queries
from app.journal.file_queries import Paper, whole_file
from app.journal.file_xdomea import file_xdomea
from app.journal.file_zip import ZIP, file_zip
from app.journal.outbox_queries import Shelf
from app.journal.retry_message import retry_all, retry_message
from app.journal.rules_words import action_word, actor_word, stream_word
from app.kernel.errors import NotAllowed, NotFound
from app.members.current import Asking, asking_page, needs
from app.members.rules import Role, Scope
from app.ordering import queries as ordering
from app.ordering.rules import ON_RECORD, State
from app.web.dependencies import Db, Now
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Auditor = Annotated[Asking, Depends(needs(Scope.AUDIT_READ))]
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Text = Annotated[str, Query(max_length=100)]

SORT: Final = "neu"
WORDS: Final = {
    "action_word": action_word,
    "actor_word": actor_word,
    "stream_word": stream_word,
}


def administrator(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """Who keeps the portal running."""
    if not asking.has(Role.ADMIN):
        raise NotAllowed("Den Versand sieht nur die Administration.")
    return asking


Admin = Annotated[Asking, Depends(administrator)]


@router.get("/pruefung")
def show_call_offs(
    request: Request,
    db: Db,
    auditor: Auditor,
    q: Text = "",
    stand: Text = "",
    page: PageNumber = 1,
) -> Response:
    states = (State(stand),) if stand in ON_RECORD else ()
    wish = ordering.Wish(states=states, text=q, sort=SORT, page=page)
    context = {
        "listing": ordering.listing(db, wish, auditor.tenant, audit_queries.PAGE_SIZE),
        "states": [state.value for state in ON_RECORD],
        "streams": audit_queries.streams(db),
        "size": audit_queries.PAGE_SIZE,
        "q": q,
        "stand": stand,
    }
    return render(request, "journal/audit.html", WORDS | context)


@router.get("/pruefung/protokoll")
def show_events(
    request: Request, db: Db, _auditor: Auditor, kette: Text, q: Text = "", page: PageNumber = 1
) -> Response:
    context = {
        "events": audit_queries.events(db, kette, q, page),
        "size": audit_queries.PAGE_SIZE,
        "page": page,
        "q": q,
    }
    return render(request, "journal/events.html", WORDS | context)


@router.get("/pruefung/ablehnungen")
def show_attempts(request: Request, db: Db, auditor: Auditor, page: PageNumber = 1) -> Response:
    context = {
        "attempts": audit_queries.refused_attempts(db, auditor.tenant, page),
        "size": audit_queries.PAGE_SIZE,
        "page": page,
    }
    return render(request, "journal/attempts.html", context)


@router.get("/pruefung/entscheidungen/{public_id}.json")
def decision_file(db: Db, auditor: Auditor, public_id: str) -> Response:
    """A decision without a call-off, too: refused attempts have one."""
    found = decision(db, public_id, auditor.tenant)
    text = exported(found.snapshot, found.sha256)
    name = f"Inhouse-Entscheidung-{found.public_id}.json"
    return download(text.encode(), "application/json", name)


@router.get("/pruefung/abrufe/{number}")
def show_file(request: Request, db: Db, auditor: Auditor, number: str) -> Response:
    found = whole_file(db, number, auditor.tenant)
    return render(request, "journal/file.html", WORDS | {"file": found})


@router.get("/pruefung/abrufe/{number}/dokumente/{sha256}")
def paper(db: Db, auditor: Auditor, number: str, sha256: str) -> Response:
    """One document of this call-off, as it was kept."""
    found = _paper(whole_file(db, number, auditor.tenant).papers, sha256)
    stored = content(db, found.sha256)
    return download(stored.content, stored.media_type, found.file_name)


@router.get("/abrufe/{number}/akte.zip")
def whole(db: Db, asking: Reader, number: str) -> Response:
    return download(file_zip(db, number, asking.tenant), ZIP, f"Akte-{number}.zip")


@router.get("/abrufe/{number}/akte-xdomea.zip")
def handed_over(db: Db, asking: Reader, number: str) -> Response:
    """The same documents with an xdomea message, for the member's document management."""
    name, data = file_xdomea(db, number, asking.tenant)
    return download(data, ZIP, name)


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


def _paper(papers: tuple[Paper, ...], sha256: str) -> Paper:
    for one in papers:
        if one.sha256 == sha256:
            return one
    raise NotFound("Dieses Dokument gehört nicht zu diesem Abruf.")
