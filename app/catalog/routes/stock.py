"""Pages for stock: send a supplier's list, see what was taken over and what was not."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response

from app.catalog.formats.findings import FileRefused, Findings
from app.catalog.formats.stock_file import moment_of, read_stock
from app.catalog.stock.queries import stock_report, stock_reports, suppliers_to_name
from app.catalog.upkeep.report_stock import StockOrder, report_stock
from app.catalog.upkeep.tables import remarks_csv, stock_template_csv
from app.frameworks.queries import all_frameworks
from app.kernel.errors import Malformed, NotFound
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/bestand", include_in_schema=False)
Reporter = Annotated[Asking, Depends(needs(Scope.STOCK_WRITE))]
CSV: Final = "text/csv; charset=utf-8"
NO_FILE: Final = "Bitte wählen Sie eine Bestandsliste aus."
NO_FRAMEWORK: Final = "Bitte wählen Sie den Rahmenvertrag, zu dem die Liste gehört."
NO_MOMENT: Final = "Bitte Tag und Uhrzeit so angeben: 21.11.2026 08:10."


@router.get("")
def show_all(request: Request, db: Db, _asking: Reporter) -> Response:
    return render(request, "catalog/stock.html", _overview(db))


@router.post("")
def send(
    request: Request,
    db: Db,
    now: Now,
    asking: Reporter,
    texts: Sent,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    faults = _faults(texts)
    if file is None or not file.filename:
        return _refused(request, db, texts, faults | {"file": NO_FILE})
    if faults:
        return _refused(request, db, texts, faults)
    findings = Findings()
    try:
        order = _order(texts, file.filename)
        report = report_stock(
            db, order, read_stock(file.file, findings), findings, (asking.person_id, now)
        )
    except Malformed as refusal:
        return _refused(request, db, texts, refusal.by_field)
    except FileRefused as refusal:
        return _refused(request, db, texts, {"file": refusal.text})
    except NotFound as refusal:
        return _refused(request, db, texts, {"framework": refusal.text})
    return redirect(request, f"/bestand/{report.id}")


@router.get("/vorlage.csv")
def show_template(_asking: Reporter) -> Response:
    return download(stock_template_csv(), CSV, "bestand-vorlage.csv")


@router.get("/{report_id}")
def show(request: Request, db: Db, _asking: Reporter, report_id: int) -> Response:
    return render(request, "catalog/stock_report.html", {"page": stock_report(db, report_id)})


@router.get("/{report_id}/hinweise.csv")
def show_remarks(db: Db, _asking: Reporter, report_id: int) -> Response:
    remarks = stock_report(db, report_id).remarks
    return download(remarks_csv(remarks), CSV, f"hinweise-bestand-{report_id}.csv")


def _faults(texts: dict[str, str]) -> dict[str, str]:
    """All that can be seen before the list is read."""
    faults = {} if texts.get("framework") else {"framework": NO_FRAMEWORK}
    written = texts.get("as_of", "").strip()
    if written and moment_of(written) is None:
        faults["as_of"] = NO_MOMENT
    return faults


def _order(texts: dict[str, str], file_name: str) -> StockOrder:
    written = texts.get("as_of", "").strip()
    as_of = moment_of(written) if written else None
    return StockOrder(texts.get("framework", ""), texts.get("supplier", ""), file_name, as_of)


def _refused(request: Request, db: Db, texts: dict[str, str], errors: dict[str, str]) -> Response:
    context = _overview(db) | {"sent": texts, "errors": errors}
    return render(request, "catalog/stock.html", context, status=422)


def _overview(db: Db) -> dict[str, Any]:
    return {
        "reports": stock_reports(db),
        "suppliers": [(name, name) for name in suppliers_to_name(db)],
        "frameworks": [
            (one.framework.number, f"{one.framework.number} {one.framework.title}")
            for one in all_frameworks(db)
        ],
        "sent": {},
        "errors": {},
    }
