"""Pages of the auditor: all call-offs, the trail of events, refused attempts, one whole file."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.archive.store import content
from app.eligibility.judging.snapshot import exported
from app.eligibility.queries import decision
from app.journal import audit_queries
from app.journal.file.queries import Paper, whole_file
from app.journal.rules_words import action_word, actor_word, stream_word
from app.kernel.errors import NotFound
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import queries as ordering
from app.ordering.rules import ON_RECORD, State
from app.web.dependencies import Db
from app.web.pages import download, render

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


def _paper(papers: tuple[Paper, ...], sha256: str) -> Paper:
    for one in papers:
        if one.sha256 == sha256:
            return one
    raise NotFound("Dieses Dokument gehört nicht zu diesem Abruf.")
