"""The way of a membership, and the resolution paper by which a body joins."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.documents.council.council_paper_docx import council_paper_docx
from app.documents.council.council_paper_pdf import council_paper_pdf
from app.documents.limiter import ONE_AT_A_TIME
from app.documents.sheet.word_file import DOCX
from app.eligibility.joining.council_paper_forms import FINANCING, PaperForm
from app.eligibility.joining.draft_council_paper import draft_council_paper
from app.eligibility.joining.record_accession import Paper, record_accession
from app.eligibility.routes.handed import Handed
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.kernel.month import months_after
from app.members.current import Asking, needs
from app.members.forms import day, sentences
from app.members.membership.lifecycle import way_of
from app.members.membership.take_step import LONGEST_REFERENCE, StepWish
from app.members.queries import member_by_key
from app.members.rules import Scope
from app.members.rules_lifecycle import PROVEN_BY, STAGE_WORDS, STEP_WORDS, Step
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.MEMBERS_WRITE))]
Typed = Annotated[PaperForm, Query()]


@router.get("/verwaltung/mitglieder/{key}/werdegang")
def show_way(request: Request, db: Db, now: Now, _keeper: Keeper, key: str) -> Response:
    return _way(request, db, now, key)


@router.post("/verwaltung/mitglieder/{key}/werdegang")
def add_step(
    request: Request, db: Db, now: Now, keeper: Keeper, key: str, sent: Sent, handed: Handed
) -> Response:
    try:
        wish = _step(sent)
        record_accession(db, key, wish, Paper(*handed), (keeper.person_id, now))
    except Malformed as fault:
        context = {"sent": sent, "errors": sentences(fault.errors)}
        return _way(request, db, now, key, context, 422)
    return redirect(
        request, f"/verwaltung/mitglieder/{key}/werdegang", "Der Schritt ist eingetragen."
    )


@router.get("/verwaltung/mitglieder/{key}/beschlussvorlage")
def show_paper(
    request: Request, db: Db, now: Now, _keeper: Keeper, key: str, form: Typed
) -> Response:
    """The form; with what was typed it comes back filled in, and its faults at the fields."""
    member = member_by_key(db, key)
    errors: dict[str, str] = {}
    if form.effective_from:
        try:
            form.wish()
        except Malformed as fault:
            errors = sentences(fault.errors)
    else:
        form = form.suggested(_next_quarter(legal_day(now)), member.council_paper_number or "")
    context = {"member": member, "form": form, "errors": errors, "financing": FINANCING}
    return render(request, "eligibility/council_paper.html", context, 422 if errors else 200)


@router.get("/verwaltung/mitglieder/{key}/beschlussvorlage.pdf")
def paper_pdf(
    request: Request, db: Db, now: Now, keeper: Keeper, key: str, form: Typed
) -> Response:
    try:
        paper = draft_council_paper(db, key, form.wish(), now)
    except Malformed:
        return show_paper(request, db, now, keeper, key, form)
    with ONE_AT_A_TIME:
        content = council_paper_pdf(paper)
    return download(content, "application/pdf", f"Beschlussvorlage-{key}.pdf")


@router.get("/verwaltung/mitglieder/{key}/beschlussvorlage.docx")
def paper_docx(
    request: Request, db: Db, now: Now, keeper: Keeper, key: str, form: Typed
) -> Response:
    try:
        paper = draft_council_paper(db, key, form.wish(), now)
    except Malformed:
        return show_paper(request, db, now, keeper, key, form)
    return download(council_paper_docx(paper), DOCX, f"Beschlussvorlage-{key}.docx")


def _step(sent: dict[str, str]) -> StepWish:
    chosen = sent.get("schritt", "")
    if chosen not in set(Step):
        raise Malformed(FieldError("schritt", "unknown", "Bitte wählen Sie den Schritt."))
    on = day("tag", sent.get("tag", ""))
    if on is None:
        raise Malformed(FieldError("tag", "missing", "Bitte geben Sie den Tag an."))
    return StepWish(Step(chosen), on, clean(sent.get("fundstelle", "")))


def _next_quarter(today: date) -> date:
    """A membership usually begins with a quarter; the next but one leaves time for the council."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return months_after(first, 6)


def _way(
    request: Request,
    db: Session,
    now: datetime,
    key: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    member = member_by_key(db, key)
    known: dict[str, Any] = {
        "member": member,
        "view": way_of(db, member, legal_day(now)),
        "words": STEP_WORDS,
        "stages": STAGE_WORDS,
        "longest": LONGEST_REFERENCE,
        "with_document": [STEP_WORDS[step] for step in PROVEN_BY],
        "sent": {},
        "errors": {},
    }
    return render(request, "eligibility/lifecycle.html", known | (context or {}), status)
