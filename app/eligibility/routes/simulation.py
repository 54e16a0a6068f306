"""Page that answers: how much more turnover with others until 80 percent?"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.eligibility.judging.simulate_activity import Simulated, with_more
from app.eligibility.register.cooperative_page import activity_today
from app.kernel.errors import FieldError, Malformed
from app.kernel.money import NOTHING, Money
from app.members.current import Asking, needs
from app.members.forms import money, sentences
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.pages import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Amount = Annotated[str, Query(max_length=30)]


@router.get("/inhouse-register/simulation")
def simulate(
    request: Request,
    db: Db,
    now: Now,
    _reader: Reader,
    andere: Amount = "",
    mitglieder: Amount = "",
) -> Response:
    """Stores nothing; empty fields are no further turnover."""
    errors: list[FieldError] = []
    others = _amount("andere", andere, errors)
    members = _amount("mitglieder", mitglieder, errors)
    findings = activity_today(db, now)
    context = {
        "bodies": [
            Simulated(name, found.share, with_more(found.share, others, members))
            for name, found in findings
            if found.share is not None and found.share.years
        ],
        "missing": [(name, found.text) for name, found in findings if found.share is None],
        "andere": andere,
        "mitglieder": mitglieder,
        "asked": bool(others or members) and not errors,
        "errors": errors,
        "wrong": sentences(errors),
    }
    return render(request, "eligibility/simulation.html", context, 422 if errors else 200)


def _amount(field: str, text: str, errors: list[FieldError]) -> Money:
    try:
        return money(field, text) or NOTHING
    except Malformed as refused:
        errors.extend(refused.errors)
        return NOTHING
