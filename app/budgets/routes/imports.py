"""Taking over a list of budgets: check first, then take the good rows."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response

from app.budgets.forms import LARGEST_TABLE, read_rows
from app.budgets.import_budgets import Judged, Verdict, import_budgets
from app.budgets.routes.budgets import Writer, keeper_of
from app.budgets.rules_rows import COLUMNS, as_text
from app.documents.delimited import csv_bytes
from app.kernel.errors import Malformed
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, render

router = APIRouter(prefix="/budgets", include_in_schema=False, route_class=CommitRoute)
PAGE = "budgets/import.html"
EXAMPLE = ("2026", "11160.0821050/7831000", "IT: bewegliche Sachen", "25000,00", "hart", "")


def handed_table(datei: Annotated[UploadFile | None, File()] = None) -> bytes:
    """A byte beyond the limit is enough to refuse it."""
    return datei.file.read(LARGEST_TABLE + 1) if datei is not None else b""


@router.get("/import")
def start(request: Request, asking: Writer) -> Response:
    keeper_of(asking)
    return _page(request, "", ())


@router.get("/vorlage.csv")
def show_template(asking: Writer) -> Response:
    keeper_of(asking)
    return download(csv_bytes(COLUMNS, [EXAMPLE]), "text/csv; charset=utf-8", "budgets.csv")


@router.post("/import")
def send(
    request: Request,
    db: Db,
    now: Now,
    asking: Writer,
    sent: Sent,
    content: Annotated[bytes, Depends(handed_table)],
) -> Response:
    """`uebernehmen` takes the good rows; anything else only says what would become of them."""
    keeper, text = keeper_of(asking), sent.get("zeilen", "")
    try:
        rows = read_rows(text, content)
    except Malformed as fault:
        return _page(request, text, (), fault.by_field, status=422)
    dry = not sent.get("uebernehmen") or bool(content)
    judged = import_budgets(db, keeper, rows, now, dry=dry)
    return _page(request, as_text(rows), judged, done=not dry)


def _page(
    request: Request,
    text: str,
    judged: tuple[Judged, ...],
    errors: dict[str, str] | None = None,
    *,
    done: bool = False,
    status: int = 200,
) -> Response:
    counts = {one.value: sum(row.verdict is one for row in judged) for one in Verdict}
    context: dict[str, Any] = {
        "text": text,
        "judged": judged,
        "counts": counts,
        "takeable": counts[Verdict.NEW] + counts[Verdict.CHANGED],
        "errors": errors or {},
        "done": done,
        "columns": COLUMNS,
    }
    return render(request, PAGE, context, status=status)
