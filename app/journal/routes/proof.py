"""Page on which an auditor proves an exported file: of one order, or of a small year."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy import func, select

from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.journal.file.verify_file import ON_A_PAGE, verify_file
from app.kernel.errors import NotAllowed
from app.members.current import WRONG_ROLE, Asking, asking_briefly, needs
from app.members.rules import Scope
from app.web.pages import render

router = APIRouter(include_in_schema=False)
Auditor = Annotated[Asking, Depends(needs(Scope.AUDIT_READ))]
NO_FILE = "Bitte wählen Sie die Akte, ein ZIP."


@router.get("/pruefung/akte")
def show_form(request: Request, _auditor: Auditor) -> Response:
    return render(request, "journal/proof.html", {"found": None, "errors": {}})


@router.post("/pruefung/akte")
def prove(
    request: Request,
    asking: Annotated[Asking, Depends(asking_briefly)],
    akte: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Changes nothing and keeps nothing of the file; no transaction waits for the work."""
    if not asking.may(Scope.AUDIT_READ):
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    if akte is None or not akte.size:
        nothing = {"found": None, "errors": {"akte": NO_FILE}}
        return render(request, "journal/proof.html", nothing, status=422)
    found = verify_file(akte.file, ON_A_PAGE)
    context: dict[str, Any] = {
        "found": found,
        "name": akte.filename or "die Datei",
        "known": _known(request, found.hashes, asking.tenant),
        "errors": {},
    }
    return render(request, "journal/proof.html", context)


def _known(request: Request, hashes: Sequence[str], tenant: Tenant) -> int:
    """How many of these decisions this portal keeps with the very same content."""
    kept = select(func.count()).where(
        EligibilityDecision.sha256.in_(hashes), tenant.owns(EligibilityDecision.member_id)
    )
    with request.app.state.sessions(bind=request.app.state.reading) as session:
        return session.scalar(kept) or 0
