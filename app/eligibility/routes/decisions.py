"""Pages of one decision, which also recompute it."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.eligibility import queries
from app.eligibility.deciding.decision_page import decision_page
from app.eligibility.judging.assess import chain_of
from app.eligibility.judging.snapshot import exported
from app.eligibility.judging.verify_decision import verify_decision
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db
from app.web.pages import download, render

router = APIRouter(include_in_schema=False)
DecisionReader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
JSON: Final = "application/json"


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
