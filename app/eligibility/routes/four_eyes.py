"""Pages of a member's documented exception from four eyes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.eligibility.allow_self_approval import allow_self_approval
from app.eligibility.evidence import queries
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING
from app.members.current import Asking, needs
from app.members.forms import money, sentences, whole
from app.members.queries import member_by_key
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.MEMBERS_WRITE))]


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
    return redirect(
        request, f"/verwaltung/mitglieder/{key}", "Die Vier-Augen-Regelung ist gespeichert."
    )


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
