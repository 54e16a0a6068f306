"""`/api/v1/call-offs/{number}/file.zip`: the whole file of one call-off."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.journal.file_zip import ZIP, file_zip
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.api_document import file_of
from app.web.dependencies import Db

router = APIRouter(tags=["Akte"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]


@router.get(
    "/call-offs/{number}/file.zip",
    summary="Die ganze Akte eines Abrufs",
    description="Vermerk, Entscheidungen, Lieferscheine, Rechnungen, Verlauf und ein Verzeichnis "
    "mit der SHA-256 jeder Datei.",
    response_class=Response,
    responses=file_of(ZIP, "Die Akte."),
)
def whole_file(db: Db, asking: Reader, number: str) -> Response:
    """Memo, decisions, delivery notes, invoices, moves, and a manifest with SHA-256 of each."""
    return Response(file_zip(db, number, asking.tenant), media_type=ZIP)
