"""`/api/v1/call-offs/{number}/file.zip`: the whole file of one call-off."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.documents.limiter import ONE_AT_A_TIME
from app.documents.memo.memo_docx import memo_docx
from app.documents.memo.memo_pdf import memo_pdf
from app.documents.memo.public_copy import public_memo
from app.documents.sheet.word_file import DOCX
from app.journal.file.continue_memo import continued_memo
from app.journal.file.file_xdomea import file_xdomea
from app.journal.file.file_zip import ZIP, file_zip
from app.journal.file.queries import whole_file as load_file
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.api_document import file_of
from app.web.dependencies import Db

router = APIRouter(tags=["Akte"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]


@router.get(
    "/call-offs/{number}/memo-public.pdf",
    summary="Der öffentliche Abrufvermerk als PDF",
    description="Ohne Personen, fremde Preise und vertrauliche Nachweise; die Prüfsummen bleiben.",
    response_class=Response,
    responses=file_of("application/pdf", "Der Vermerk zum Veröffentlichen."),
)
def public_memo_copy(db: Db, asking: Reader, number: str) -> Response:
    """As it stands now, brought up to date; from the approval on."""
    facts = public_memo(continued_memo(db, load_file(db, number, asking.tenant)))
    with ONE_AT_A_TIME:
        pdf = memo_pdf(facts)
    return Response(pdf, media_type="application/pdf")


@router.get(
    "/call-offs/{number}/memo.docx",
    summary="Der Abrufvermerk zum Weiterschreiben",
    description="Abschrift des fortgeschriebenen Vermerks; maßgeblich bleibt das PDF.",
    response_class=Response,
    responses=file_of(DOCX, "Die Abschrift."),
)
def editable_memo_copy(db: Db, asking: Reader, number: str) -> Response:
    """As it stands now, brought up to date; from the approval on."""
    facts = continued_memo(db, load_file(db, number, asking.tenant))
    with ONE_AT_A_TIME:
        word = memo_docx(facts)
    return Response(word, media_type=DOCX)


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


@router.get(
    "/call-offs/{number}/file-xdomea.zip",
    summary="Die Akte eines Abrufs für das Dokumentenmanagement",
    description="Eine Abgabe nach xdomea 3.1.0 (Nachricht 0401): ein Vorgang mit seinen Dokumenten "
    "und die Dateien, benannt nach dem Standard.",
    response_class=Response,
    responses=file_of(ZIP, "Die Abgabe."),
)
def handed_over(db: Db, asking: Reader, number: str) -> Response:
    """One case with its documents as xdomea hands records over."""
    return Response(file_xdomea(db, number, asking.tenant)[1], media_type=ZIP)
