"""Page on which anybody who reads evidence proves an exported decision from its file alone."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.eligibility.deciding.proof_page import proof_page
from app.eligibility.routes.handed import Handed
from app.kernel.errors import FieldError
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db
from app.web.pages import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
LARGEST: Final = 5_000_000


@router.get("/pruefung/entscheidung")
def show_form(request: Request, _reader: Reader) -> Response:
    return render(request, "eligibility/proof.html", {"view": None, "errors": []})


@router.post("/pruefung/entscheidung")
def prove(request: Request, db: Db, _reader: Reader, handed: Handed) -> Response:
    """Changes nothing and keeps nothing of the file."""
    name, sent = handed
    if not sent:
        error = FieldError("datei", "missing", "Bitte wählen Sie die Datei der Entscheidung.")
    elif len(sent) > LARGEST:
        error = FieldError("datei", "too_large", "Eine Entscheidung ist höchstens 5 MB groß.")
    else:
        context = {"view": proof_page(db, name, sent), "errors": []}
        return render(request, "eligibility/proof.html", context)
    return render(request, "eligibility/proof.html", {"view": None, "errors": [error]}, 422)
