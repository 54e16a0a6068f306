"""Pages of evidence: what is due, new evidence, a stored file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.store import content
from app.audit.note_access import note_access, note_refusal
from app.eligibility.evidence import queries
from app.eligibility.evidence.add_evidence import add_evidence
from app.eligibility.evidence.confidential import HIDDEN, may_open
from app.eligibility.evidence.counting import every_evidence
from app.eligibility.evidence.due import Due, due_facts
from app.eligibility.evidence.forms import evidence_wish
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES, FACT_NAMES, SCOPE_WORDS, fact_label
from app.eligibility.register.standing import member_register
from app.eligibility.routes.handed import Handed, Scanning
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.EVIDENCE_WRITE))]


@dataclass(frozen=True, slots=True)
class DueLine:
    """A due fact in words, and whose it is."""

    due: Due
    label: str
    subject: str


@router.get("/nachweise/{number}/datei")
def open_document(
    request: Request,
    db: Db,
    now: Now,
    reader: Reader,
    number: Annotated[int, Path(ge=1, le=2**31)],
) -> Response:
    """The file unchanged, never shown in the page; that somebody read it is on record first."""
    found = queries.document(db, number)
    if not may_open(found, reader):
        with request.app.state.sessions.begin() as short:
            note_refusal(short, now, reader.actor, f"evidence:{number}")
        raise NotAllowed(HIDDEN, "confidential")
    stored = content(db, found.file_sha256)
    with request.app.state.sessions.begin() as short:
        note_access(short, now, reader.actor, f"evidence:{number}", found.file_sha256)
    return download(stored.content, stored.media_type, found.file_name)


async def prefilled(
    aussage: Annotated[str, Query(max_length=100)] = "",
    bezug: Annotated[str, Query(max_length=60)] = "",
    neu: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, Any]:
    """What a link from the register fills into the form, and the document just stored."""
    return {"sent": {"aussage": aussage, "bezug": bezug}, "added": neu}


@router.get("/nachweise")
def show_due(
    request: Request,
    db: Db,
    now: Now,
    reader: Reader,
    given: Annotated[dict[str, Any], Depends(prefilled)],
) -> Response:
    """What has expired or is due soon, and the form for new evidence."""
    return _evidence_page(request, db, now, reader, given)


@router.post("/nachweise")
def add(
    request: Request,
    db: Db,
    now: Now,
    writer: Writer,
    sent: Sent,
    handed: Handed,
    scan: Scanning,
) -> Response:
    """Store the document with its fact; the form comes back with its faults."""
    try:
        number = add_evidence(db, evidence_wish(sent, *handed), writer.person_id, now, scan)
    except Malformed as refused:
        context = {"sent": sent, "errors": list(refused.errors)}
        return _evidence_page(request, db, now, writer, context, status=422)
    return redirect(request, f"/nachweise?neu={number}")


def _evidence_page(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    context: dict[str, Any],
    status: int = 200,
) -> Response:
    day = legal_day(now)
    names = {row.member.scope: row.member.name for row in member_register(db, now).rows}
    known: dict[str, Any] = {
        "due": [
            DueLine(
                item,
                fact_label(item.scope_type, item.fact.key),
                names.get(item.fact.scope, SCOPE_WORDS[item.scope_type]),
            )
            for item in due_facts(every_evidence(db, day), day)
        ],
        "statements": [
            (f"{scope}/{key}", f"{SCOPE_WORDS[scope]}: {name.label}")
            for (scope, key), name in FACT_NAMES.items()
        ],
        "waiting": queries.waiting_documents(db),
        "asked": queries.asked_overrides(db),
        "kinds": list(EVIDENCE_TYPES.items()),
        "may_add": asking.may(Scope.EVIDENCE_WRITE),
        "errors": [],
        "added": 0,
        "today": day,
    }
    return render(request, "eligibility/evidence.html", known | context, status)
