"""JSON and files of the report for other programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.documents.savings.savings_report import SavingsReport
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.savings.choose_report import choose_report
from app.savings.compile_report import compile_report
from app.savings.files.report_files import MEDIA_TYPES, FileKind, file_content, file_name
from app.savings.files.report_json import report_object
from app.savings.files.report_schema import report_schema
from app.web.api_document import file_of
from app.web.dependencies import Db, Now
from app.web.pages import download
from app.web.rendering import render_alone

router = APIRouter(prefix="/reports", tags=["Auswertungen"])
Reader = Annotated[Asking, Depends(needs_token(Scope.REPORTS_READ))]
REFUSED: dict[int | str, dict[str, Any]] = {404: {}}  # another member's report
REPORT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": report_schema()}}}
}
MonthSent = Annotated[
    str,
    Query(
        description="Monat, zum Beispiel 2026-10; ohne Angabe der letzte",
        max_length=10,
        examples=["2026-10"],
    ),
]
MemberSent = Annotated[
    str, Query(description="Schlüssel des Mitglieds; ohne Angabe das eigene", max_length=20)
]


def wanted_report(
    db: Db, now: Now, asking: Reader, month: MonthSent = "", member: MemberSent = ""
) -> SavingsReport:
    """Compiled in a request thread: a few reads; what is slow comes after it."""
    chosen = choose_report(db, asking.tenant, member, month, now)
    return compile_report(db, chosen.member, chosen.month, now)


Wanted = Annotated[SavingsReport, Depends(wanted_report)]


@router.get(
    "/savings",
    summary="Einsparbericht eines Monats",
    description="Zeiten in ganzen Sekunden, Beträge als Text; was zu wenige betrifft, ist null.",
    response_model=None,
    responses=REFUSED | REPORT,
)
def savings(wanted: Wanted) -> dict[str, Any]:
    """Times in whole seconds, amounts as texts; a suppressed figure is null."""
    return report_object(wanted)


@router.get(
    "/savings.pdf",
    summary="Einsparbericht als PDF",
    response_class=Response,
    responses=REFUSED | file_of(MEDIA_TYPES[FileKind.PDF], "Der Bericht."),
)
async def savings_pdf(request: Request, wanted: Wanted) -> Response:
    return await _file(request, wanted, FileKind.PDF)


@router.get(
    "/savings.xlsx",
    summary="Einsparbericht als Arbeitsmappe",
    response_class=Response,
    responses=REFUSED | file_of(MEDIA_TYPES[FileKind.XLSX], "Der Bericht."),
)
async def savings_xlsx(request: Request, wanted: Wanted) -> Response:
    return await _file(request, wanted, FileKind.XLSX)


@router.get(
    "/savings.csv",
    summary="Einsparbericht als CSV",
    response_class=Response,
    responses=REFUSED | file_of("text/csv", "Der Bericht."),
)
async def savings_csv(request: Request, wanted: Wanted) -> Response:
    return await _file(request, wanted, FileKind.CSV)


async def _file(request: Request, wanted: SavingsReport, kind: FileKind) -> Response:
    content = await render_alone(request, lambda: file_content(wanted, kind))
    return download(content, MEDIA_TYPES[kind], file_name(wanted, kind))
