"""The whole file to take away, and copies of the Abrufvermerk: public, up to date, editable."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from app.documents.limiter import ONE_AT_A_TIME
from app.documents.memo.facts import MemoFacts
from app.documents.memo.memo_docx import memo_docx
from app.documents.memo.memo_pdf import memo_pdf
from app.documents.memo.public_copy import public_memo
from app.documents.sheet.word_file import DOCX
from app.journal.file.continue_memo import continued_memo
from app.journal.file.file_xdomea import file_xdomea
from app.journal.file.file_zip import ZIP, file_zip
from app.journal.file.queries import whole_file
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db
from app.web.pages import download

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
PDF = "application/pdf"


@router.get("/abrufe/{number}/akte.zip")
def whole(db: Db, asking: Reader, number: str) -> Response:
    return download(file_zip(db, number, asking.tenant), ZIP, f"Akte-{number}.zip")


@router.get("/abrufe/{number}/akte-xdomea.zip")
def handed_over(db: Db, asking: Reader, number: str) -> Response:
    """The same documents with an xdomea message, for the member's document management."""
    name, data = file_xdomea(db, number, asking.tenant)
    return download(data, ZIP, name)


@router.get("/abrufe/{number}/vermerk-oeffentlich.pdf")
def public_copy(db: Db, asking: Reader, number: str) -> Response:
    facts = public_memo(continued_memo(db, whole_file(db, number, asking.tenant)))
    return _answer(facts, f"Abrufvermerk-oeffentlich-{number}.pdf")


@router.get("/abrufe/{number}/vermerk-fortgeschrieben.pdf")
def continued_copy(db: Db, asking: Reader, number: str) -> Response:
    facts = continued_memo(db, whole_file(db, number, asking.tenant))
    return _answer(facts, f"Abrufvermerk-fortgeschrieben-{number}.pdf")


@router.get("/abrufe/{number}/vermerk.docx")
def editable_copy(db: Db, asking: Reader, number: str) -> Response:
    facts = continued_memo(db, whole_file(db, number, asking.tenant))
    with ONE_AT_A_TIME:
        word = memo_docx(facts)
    return download(word, DOCX, f"Abrufvermerk-{number}.docx")


def _answer(facts: MemoFacts, name: str) -> Response:
    with ONE_AT_A_TIME:
        pdf = memo_pdf(facts)
    return download(pdf, PDF, name)
