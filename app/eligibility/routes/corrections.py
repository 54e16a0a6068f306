"""The page on which a membership is put right, by two persons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.eligibility.correcting.ask_correction import CorrectionWish, ask_correction
from app.eligibility.correcting.decide_correction import decide_correction
from app.eligibility.correcting.queries import FIELDS, corrections_of
from app.eligibility.evidence.approve_evidence import LONGEST_REASON, Word
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.german import clean
from app.members.current import WRONG_ROLE, Asking, asking_page, needs
from app.members.forms import PeriodForm, sentences, whole
from app.members.queries import member_by_key
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
HERE: Final = "/verwaltung/mitglieder/{key}/berichtigungen"
Keeper = Annotated[Asking, Depends(needs(Scope.MEMBERS_WRITE))]


def register_people(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """Who keeps the register of members, or the evidence that it rests on."""
    may = asking.may(Scope.MEMBERS_WRITE) or asking.may(Scope.EVIDENCE_WRITE)
    if asking.member is not None or not may:
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    return asking


Second = Annotated[Asking, Depends(register_people)]


@router.get(HERE)
def show(
    request: Request,
    db: Db,
    asking: Second,
    key: str,
    zeitraum: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The form shows the latest period, or the one chosen from the list."""
    return _page(request, db, asking, key, {"of": zeitraum})


@router.post(HERE)
def ask(request: Request, db: Db, now: Now, asking: Keeper, key: str, sent: Sent) -> Response:
    try:
        ask_correction(db, key, _wish(sent), asking.person_id, now)
    except Malformed as fault:
        return _page(request, db, asking, key, sent, fault.errors)
    return redirect(
        request,
        HERE.format(key=key),
        "Die Berichtigung ist beantragt. Eine zweite Person entscheidet.",
    )


@router.post(f"{HERE}/{{correction_id}}")
def decide(
    request: Request,
    db: Db,
    now: Now,
    asking: Second,
    key: str,
    correction_id: Annotated[int, Path(ge=1, le=2**31)],
    sent: Sent,
) -> Response:
    word = Word(sent.get("urteil") == "zustimmen", clean(sent.get("ablehnung", "")))
    by: tuple[int, datetime] = (asking.person_id, now)
    try:
        decide_correction(db, key, correction_id, word, by)
    except Malformed as fault:
        return _page(request, db, asking, key, sent, fault.errors)
    return redirect(
        request, HERE.format(key=key), "Die Entscheidung über die Berichtigung ist eingetragen."
    )


def _wish(sent: dict[str, str]) -> CorrectionWish:
    reason = clean(sent.get("grund", ""))
    of = whole("of", sent.get("of", "")) or 0
    if sent.get("nie"):
        return CorrectionWish(of, None, reason)
    typed = {name: sent.get(name, "")[:20] for name in PeriodForm.model_fields}
    return CorrectionWish(of, PeriodForm(**typed).period(), reason)


def _page(
    request: Request,
    db: Session,
    asking: Asking,
    key: str,
    sent: dict[str, str] | None = None,
    errors: Sequence[FieldError] = (),
) -> Response:
    member = member_by_key(db, key)
    view = corrections_of(db, member.id)
    chosen = [one for one in view.periods if str(one.id) == (sent or {}).get("of")]
    content: dict[str, Any] = {
        "member": member,
        "view": view,
        "chosen": next(iter(chosen or view.periods), None),
        "fields": FIELDS,
        "longest": LONGEST_REASON,
        "may_ask": asking.may(Scope.MEMBERS_WRITE),
        "me": asking.person_id,
        "sent": sent or {},
        "errors": sentences(errors),
    }
    return render(request, "eligibility/corrections.html", content, status=422 if errors else 200)
