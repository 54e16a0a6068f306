"""Pages for files on their way into the catalog: send, watch, read again."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response

from app.archive.large_files import open_content
from app.catalog.formats.table_columns import HINTS, NEEDED, Column
from app.catalog.formats.values import Transaction
from app.catalog.import_records import ImportState
from app.catalog.price_stops import Corridor
from app.catalog.stock.queries import stock_days_of
from app.catalog.upkeep.export_tables import template_csv, template_xlsx
from app.catalog.upkeep.judge_prices import all_corridors
from app.catalog.upkeep.kept_catalogs import TABLES
from app.catalog.upkeep.map_columns import Columns, Extent, columns_of, map_columns
from app.catalog.upkeep.send_catalog_file import Wishes, send_catalog_file, wishes_of
from app.catalog.upkeep.sent_files import (
    PAGE_SIZE,
    STATE_WORDS,
    SentFile,
    all_files,
    open_files,
    sent_file,
)
from app.catalog.upkeep.set_corridor import framework_and_corridor, set_corridor
from app.catalog.upkeep.tables import remarks_csv
from app.catalog.upkeep.upload_form import form_faults
from app.catalog.upkeep.version_list import versions
from app.frameworks.queries import all_frameworks
from app.kernel.errors import Malformed, NotFound
from app.kernel.german import whole_number
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import BYTES, download, download_large, is_fragment, redirect, render

router = APIRouter(prefix="/katalogpflege", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final = (
    (Transaction.NEW_CATALOG.value, "Der vollständige Katalog", "Was in ihm fehlt, entfällt."),
    (
        Transaction.UPDATE_PRODUCTS.value,
        "Nur geänderte Artikel",
        "Alle anderen Artikel bleiben, und fehlende Spalten lassen ihre Angaben, wie sie sind.",
    ),
    (Transaction.UPDATE_PRICES.value, "Nur neue Preise", "Alles andere bleibt, wie es ist."),
)
CSV: Final = "text/csv; charset=utf-8"
ENCODING: Final = "windows-1252"
LAST_PAGE: Final = 100_000


@router.get("")
def show_all(request: Request, db: Db, now: Now, _asking: Keeper) -> Response:
    return render(request, "catalog/upkeep.html", _overview(db, now, _page(request)))


@router.post("")
def send(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    texts: Sent,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Keeps the file; it is read into a draft that nobody sees, outside of this request."""
    faults = form_faults(db, texts, (file and file.filename) or "", (file and file.size) or 0)
    if file is None or not file.filename or faults:
        context = _overview(db, now) | {"sent": texts, "errors": faults}
        return render(request, "catalog/upkeep.html", context, status=422)
    framework = texts["framework"]
    wishes = Wishes(lot=whole_number(texts.get("lot", "")))
    wishes = replace(wishes, dry_run="pruefen" in texts)
    sender = (asking.person_id, now)
    sent = send_catalog_file(db, framework, file.filename, file.file, wishes, sender)
    return redirect(request, f"/katalogpflege/dateien/{sent.id}")


@router.get("/vorlage.xlsx")
def show_template(_asking: Keeper) -> Response:
    return download(template_xlsx(), XLSX, "katalog-vorlage.xlsx")


@router.get("/vorlage.csv")
def show_plain_template(_asking: Keeper) -> Response:
    return download(template_csv(), CSV, "katalog-vorlage.csv")


@router.get("/pruefgrenzen/{number}")
def show_corridor(request: Request, db: Db, _asking: Keeper, number: str) -> Response:
    framework, corridor = framework_and_corridor(db, number)
    sent = {
        "rise": str(corridor.largest_rise),
        "fall": str(corridor.largest_fall),
        "stock_days": str(stock_days_of(db, framework.id)),
    }
    context = {"framework": framework, "sent": sent, "errors": {}}
    return render(request, "catalog/corridor.html", context)


@router.post("/pruefgrenzen/{number}")
def save_corridor(
    request: Request, db: Db, now: Now, asking: Keeper, texts: Sent, number: str
) -> Response:
    try:
        set_corridor(db, number, texts, asking.person_id, now)
    except Malformed as refusal:
        framework, _ = framework_and_corridor(db, number)
        errors = refusal.by_field
        context = {"framework": framework, "sent": texts, "errors": errors}
        return render(request, "catalog/corridor.html", context, status=422)
    return redirect(request, "/katalogpflege", "Die Prüfgrenzen sind gespeichert.")


@router.get("/dateien")
def show_files(request: Request, db: Db, _asking: Keeper) -> Response:
    """Every file that was ever sent, also those whose draft was discarded."""
    page = _page(request)
    found = all_files(db, page)
    context = {"files": found.files, "total": found.total, "page": page, "size": PAGE_SIZE}
    return render(request, "catalog/sent_files.html", context | {"words": STATE_WORDS})


@router.get("/dateien/{import_id}")
def show(request: Request, db: Db, _asking: Keeper, import_id: int) -> Response:
    """Asked for again and again while the file is read; the draft once it is there."""
    page = sent_file(db, import_id)
    if page.sent.state is ImportState.MAPPING:
        return redirect(request, f"/katalogpflege/dateien/{import_id}/spalten")
    if page.draft is not None:
        return redirect(request, f"/katalogpflege/{page.draft.id}")
    name = "catalog/_sent_file.html" if is_fragment(request) else "catalog/sent_file.html"
    return render(request, name, {"page": page})


@router.get("/dateien/{import_id}/datei")
def show_file(db: Db, _asking: Keeper, import_id: int) -> Response:
    """As it was sent, byte by byte."""
    file = sent_file(db, import_id).file
    return download_large(open_content(db, file.sha256), BYTES, file.name)


@router.get("/dateien/{import_id}/spalten")
def show_columns(request: Request, db: Db, _asking: Keeper, import_id: int) -> Response:
    page = sent_file(db, import_id)
    if page.sent.state is not ImportState.MAPPING:
        return redirect(request, f"/katalogpflege/dateien/{import_id}")
    columns = columns_of(db, page.sent)
    context = _mapper(page, columns, {}, Transaction.NEW_CATALOG.value)
    return render(request, "catalog/columns.html", context)


@router.post("/dateien/{import_id}/spalten")
def save_columns(
    request: Request, db: Db, now: Now, _asking: Keeper, texts: Sent, import_id: int
) -> Response:
    """The columns are remembered for the next table of the framework; now the file is read."""
    page = sent_file(db, import_id)
    columns = columns_of(db, page.sent)
    chosen = {
        column: head for column in Column if (head := texts.get(column.name, "")) in columns.heads
    }
    kind = texts.get("kind", "")
    known = kind if kind in {one.value for one in Transaction} else Transaction.NEW_CATALOG.value
    catalogs = {one.key: one.catalog_id for one in columns.catalogs}
    catalog = catalogs.get(texts.get("catalog", "")) if columns.ask_for_catalog else TABLES
    try:
        map_columns(db, page.sent, chosen, Extent(Transaction(known), catalog), now)
    except Malformed as refusal:
        errors = refusal.by_field
        typed = replace(columns, suggested=chosen, catalog=catalog)
        context = _mapper(page, typed, errors, known)
        return render(request, "catalog/columns.html", context, status=422)
    return redirect(
        request, f"/katalogpflege/dateien/{import_id}", "Die Spaltenzuordnung ist gespeichert."
    )


@router.get("/dateien/{import_id}/hinweise.csv")
def show_remarks(db: Db, _asking: Keeper, import_id: int) -> Response:
    page = sent_file(db, import_id)
    return download(remarks_csv(page.remarks), CSV, f"hinweise-datei-{import_id}.csv")


@router.post("/dateien/{import_id}/wiederholen")
def send_again(
    request: Request, db: Db, now: Now, asking: Keeper, texts: Sent, import_id: int
) -> Response:
    """The same file, read otherwise: in another character set, or although updates are missing."""
    page = sent_file(db, import_id)
    if page.under_way:
        raise NotFound("Diese Datei wird gerade gelesen.")
    wishes = wishes_of(page.sent)
    if texts.get("zeichensatz") == ENCODING:
        wishes = replace(wishes, encoding=ENCODING)
    wishes = replace(wishes, anyway=wishes.anyway or "trotzdem" in texts, dry_run=False)
    name, sender = page.sent.file_name, (asking.person_id, now)
    with open_content(db, page.sent.file_sha256) as stored:
        sent = send_catalog_file(db, page.framework.number, name, stored, wishes, sender)
    return redirect(request, f"/katalogpflege/dateien/{sent.id}")


def _mapper(page: SentFile, columns: Columns, errors: dict[str, str], kind: str) -> dict[str, Any]:
    return {
        "page": page,
        "columns": columns,
        "heads": [(head, head) for head in columns.heads],
        "hints": HINTS,
        "needed": NEEDED,
        "errors": errors,
        "kind": kind,
        "kinds": KINDS,
        "catalogs": [(one.key, one.words) for one in columns.catalogs],
        "catalog": columns.chosen,
        "lot": wishes_of(page.sent).lot,
    }


def _page(request: Request) -> int:
    return min(max(whole_number(request.query_params.get("page", "")) or 1, 1), LAST_PAGE)


def _overview(db: Db, now: datetime, page: int = 1) -> dict[str, Any]:
    frameworks = [one.framework for one in all_frameworks(db)]
    corridors = all_corridors(db)
    return {
        "versions": versions(db, page),
        "size": PAGE_SIZE,
        "files": [(sent, number, STATE_WORDS[sent.state]) for sent, number in open_files(db, now)],
        "frameworks": [(one.number, f"{one.number} {one.title}") for one in frameworks],
        "corridors": [(one, corridors.get(one.id, Corridor())) for one in frameworks],
        "sent": {},
        "errors": {},
    }
