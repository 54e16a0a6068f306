"""Pages of one entry: the second person's word, and the exception for what has expired."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.eligibility.evidence import queries
from app.eligibility.evidence.approve_evidence import LONGEST_REASON, Word, approve_evidence
from app.eligibility.evidence.ask_override import Asked, ask_override
from app.eligibility.evidence.confidential import may_open
from app.eligibility.evidence.confirm_override import confirm_override
from app.eligibility.evidence.entry_page import entry_page
from app.kernel.errors import Malformed
from app.kernel.german import clean
from app.members.current import Asking, needs
from app.members.forms import sentences
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.EVIDENCE_WRITE))]
Confirmer = Annotated[Asking, Depends(needs(Scope.OVERRIDES_CONFIRM))]
Number = Annotated[int, Path(ge=1, le=2**31)]
DAYS: Final = re.compile(r"\d{1,3}", re.ASCII)
NOTHING_WRONG: Final[Mapping[str, str]] = {}


@router.get("/nachweise/{number}")
def show_entry(request: Request, db: Db, now: Now, reader: Reader, number: Number) -> Response:
    return _page(request, db, now, reader, number)


@router.post("/nachweise/{number}/freigabe")
def decide(
    request: Request, db: Db, now: Now, writer: Writer, number: Number, sent: Sent
) -> Response:
    """Approve or refuse; whoever entered the paper reads why another person has to."""
    try:
        approve_evidence(db, number, _word(sent, "grund"), writer.person_id, now)
    except Malformed as refused:
        return _page(request, db, now, writer, number, sentences(refused.errors), sent)
    return redirect(
        request, f"/nachweise/{number}", "Die Entscheidung über den Nachweis ist eingetragen."
    )


@router.post("/nachweise/angaben/{fact_id}/ausnahme")
def ask(
    request: Request, db: Db, now: Now, writer: Writer, fact_id: Number, sent: Sent
) -> Response:
    """Ask that an expired fact counts some more days."""
    number = queries.document_of_fact(db, fact_id)
    typed = sent.get(f"tage-{fact_id}", "").strip()
    days = int(typed) if DAYS.fullmatch(typed) else None
    try:
        asked = Asked(days, _reason(sent, f"grund-{fact_id}"))
        ask_override(db, fact_id, asked, writer.person_id, now)
    except Malformed as refused:
        errors = {f"{error.field}-{fact_id}": error.text for error in refused.errors}
        return _page(request, db, now, writer, number, errors, sent)
    return redirect(
        request,
        f"/nachweise/{number}",
        "Die Übersteuerung ist beantragt. Eine zweite Person entscheidet.",
    )


@router.post("/nachweise/ausnahmen/{request_id}")
def answer(
    request: Request, db: Db, now: Now, confirmer: Confirmer, request_id: Number, sent: Sent
) -> Response:
    """The second person confirms or refuses."""
    number = queries.document_of_request(db, request_id)
    field = f"antwort-{request_id}"
    try:
        confirm_override(db, request_id, _word(sent, field), confirmer.person_id, now)
    except Malformed as refused:
        errors = {field: " ".join(error.text for error in refused.errors)}
        return _page(request, db, now, confirmer, number, errors, sent)
    return redirect(
        request, f"/nachweise/{number}", "Die Antwort auf die Übersteuerung ist gespeichert."
    )


def _page(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    number: int,
    errors: Mapping[str, str] = NOTHING_WRONG,
    sent: Mapping[str, str] = NOTHING_WRONG,
) -> Response:
    view = entry_page(db, number, now)
    context = {
        "view": view,
        "may_open": may_open(view.document, asking),
        "me": asking.person_id,
        "may_write": asking.may(Scope.EVIDENCE_WRITE),
        "may_confirm": asking.may(Scope.OVERRIDES_CONFIRM),
        "longest": LONGEST_REASON,
        "errors": errors,
        "sent": sent,
    }
    return render(request, "eligibility/entry.html", context, 422 if errors else 200)


def _word(sent: Mapping[str, str], reason: str) -> Word:
    return Word(sent.get("entscheidung") == "ja", _reason(sent, reason))


def _reason(sent: Mapping[str, str], field: str) -> str:
    return clean(sent.get(field, ""))
