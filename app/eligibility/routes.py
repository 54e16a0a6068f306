"""Pages: the register, a member's evidence, the cooperative's facts, one decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.media_type import LARGEST_FILE
from app.archive.store import content
from app.eligibility import queries
from app.eligibility.add_evidence import add_evidence
from app.eligibility.allow_self_approval import allow_self_approval
from app.eligibility.assess import chain_of
from app.eligibility.cooperative_page import cooperative_page
from app.eligibility.decision_page import decision_page
from app.eligibility.due import Due, due_facts
from app.eligibility.evidence_queries import every_evidence
from app.eligibility.forms import evidence_wish, year_wish
from app.eligibility.member_page import member_page
from app.eligibility.record_turnover import record_turnover
from app.eligibility.register import Standing, member_register
from app.eligibility.snapshot import exported
from app.eligibility.verify_decision import verify_decision
from app.eligibility.vocabulary import EVIDENCE_TYPES, FACT_NAMES, SCOPE_WORDS, fact_label
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day, fold
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING
from app.members.current import Asking, needs
from app.members.forms import money, sentences, whole
from app.members.queries import member_by_key
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.EVIDENCE_WRITE))]
Keeper = Annotated[Asking, Depends(needs(Scope.MEMBERS_WRITE))]
DecisionReader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]

PAGE_SIZE: Final = 25
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class DueLine:
    """A due fact in words, and whose it is."""

    due: Due
    label: str
    subject: str


def handed_file(datei: Annotated[UploadFile | None, File()] = None) -> tuple[str, bytes]:
    """Name and content of the one file; a byte beyond the limit is enough to refuse it."""
    if datei is None:
        return "", b""
    return datei.filename or "", datei.file.read(LARGEST_FILE + 1)


Handed = Annotated[tuple[str, bytes], Depends(handed_file)]


@router.get("/inhouse-register")
def show_register(
    request: Request,
    db: Db,
    now: Now,
    _reader: Reader,
    stand: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """All members, the most urgent first; filter and search work on the same rows."""
    register = member_register(db, now)
    wanted = fold(q.strip())
    rows = [
        row
        for row in register.rows
        if (stand not in set(Standing) or row.standing == stand)
        and (not wanted or wanted in fold(f"{row.member.name} {row.member.key}"))
    ]
    context = {
        "register": register,
        "rows": rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        "total": len(rows),
        "size": PAGE_SIZE,
        "page": page,
        "stand": stand,
        "q": q,
        "now": now,
    }
    return render(request, "eligibility/register.html", context)


@router.get("/inhouse-register/genossenschaft")
def show_cooperative(request: Request, db: Db, now: Now, reader: Reader) -> Response:
    return _cooperative(request, db, now, reader, {})


@router.post("/inhouse-register/genossenschaft")
def add_year(
    request: Request, db: Db, now: Now, writer: Writer, sent: Sent, handed: Handed
) -> Response:
    """Record a closed fiscal year; the form comes back with its faults."""
    try:
        record_turnover(db, year_wish(sent, *handed), writer.person_id, now)
    except Malformed as refused:
        context = {"sent": sent, "errors": list(refused.errors)}
        return _cooperative(request, db, now, writer, context, status=422)
    return redirect(request, "/inhouse-register/genossenschaft")


def _cooperative(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    context: dict[str, Any],
    status: int = 200,
) -> Response:
    known: dict[str, Any] = {
        "view": cooperative_page(db, now),
        "now": now,
        "may_add": asking.may(Scope.EVIDENCE_WRITE),
        "sent": {},
        "errors": [],
    }
    return render(request, "eligibility/cooperative.html", known | context, status)


@router.get("/inhouse-register/{member_key}")
def show_member(request: Request, db: Db, now: Now, _reader: Reader, member_key: str) -> Response:
    context = {"view": member_page(db, member_key, now), "now": now}
    return render(request, "eligibility/member.html", context)


@router.get("/verwaltung/mitglieder/{key}/vier-augen")
def show_exception(request: Request, db: Db, now: Now, _keeper: Keeper, key: str) -> Response:
    return _exception(request, db, now, key)


@router.post("/verwaltung/mitglieder/{key}/vier-augen")
def set_exception(
    request: Request, db: Db, now: Now, keeper: Keeper, key: str, sent: Sent
) -> Response:
    """Up to which value somebody may approve an own order; never without its document."""
    try:
        chosen = (
            money("grenze", sent.get("grenze", "")) or NOTHING,
            whole("nachweis", sent.get("nachweis", "")),
        )
        allow_self_approval(db, key, chosen, keeper.actor, now)
    except Malformed as refused:
        return _exception(request, db, now, key, sent, refused.errors)
    return redirect(request, f"/verwaltung/mitglieder/{key}")


def _exception(
    request: Request,
    db: Session,
    now: datetime,
    key: str,
    sent: dict[str, str] | None = None,
    errors: Sequence[FieldError] = (),
) -> Response:
    member = member_by_key(db, key)
    rests_on = member.self_approval_evidence_id
    context = {
        "member": member,
        "present": None if rests_on is None else queries.document(db, rests_on),
        "documents": [
            (one.id, f"{one.title} ({EVIDENCE_TYPES[one.type]}, {day(one.document_date)})")
            for one in queries.documents_of(db, member.id, legal_day(now))
        ],
        "limit": member.self_approval_limit.text.replace(".", ","),
        "proof": rests_on or "",
        "errors": sentences(errors),
    }
    if sent is not None:
        context |= {"limit": sent.get("grenze", ""), "proof": sent.get("nachweis", "")}
    return render(request, "eligibility/four_eyes.html", context, 422 if errors else 200)


@router.get("/nachweise/{number}/datei")
def open_document(
    db: Db, _reader: Reader, number: Annotated[int, Path(ge=1, le=2**31)]
) -> Response:
    found = queries.document(db, number)
    stored = content(db, found.file_sha256)
    return download(stored.content, stored.media_type, found.file_name)


@router.get("/entscheidungen/{public_id}")
def show_decision(
    request: Request, db: Db, reader: DecisionReader, public_id: str, nachrechnen: str = ""
) -> Response:
    """One decision as it was written; on request it is recomputed from its own text."""
    found = queries.decision(db, public_id, reader.tenant)
    stored = queries.stored_decision(found)
    context = {
        "decision": found,
        "stored": stored,
        "view": decision_page(stored),
        "chain": chain_of(stored.case),
        "proof": verify_decision(exported(found.snapshot, found.sha256)) if nachrechnen else None,
    }
    return render(request, "eligibility/decision.html", context)


@router.get("/entscheidungen/{public_id}/decision.json")
def save_decision(db: Db, reader: DecisionReader, public_id: str) -> Response:
    found = queries.decision(db, public_id, reader.tenant)
    text = exported(found.snapshot, found.sha256)
    return download(text.encode(), JSON, f"entscheidung-{public_id}.json")


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
def add(request: Request, db: Db, now: Now, writer: Writer, sent: Sent, handed: Handed) -> Response:
    """Store the document with its fact; the form comes back with its faults."""
    try:
        number = add_evidence(db, evidence_wish(sent, *handed), writer.person_id, now)
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
        "kinds": list(EVIDENCE_TYPES.items()),
        "may_add": asking.may(Scope.EVIDENCE_WRITE),
        "errors": [],
        "added": 0,
        "today": day,
    }
    return render(request, "eligibility/evidence.html", known | context, status)
