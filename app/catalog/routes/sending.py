"""Pages for files on their way into the catalog: send, watch, read again."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response

from app.archive.store import content
from app.catalog.upkeep.drafts import versions
from app.catalog.upkeep.send_catalog_file import Wishes, send_catalog_file, wishes_of
from app.catalog.upkeep.sent_files import STATE_WORDS, open_files, sent_file
from app.catalog.upkeep.tables import remarks_csv
from app.frameworks.queries import all_frameworks
from app.kernel.errors import NotFound
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, is_fragment, redirect, render

router = APIRouter(prefix="/katalogpflege", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
NO_FILE: Final = "Bitte wählen Sie eine Katalogdatei aus."
EMPTY: Final = "Die Datei ist leer. Bitte erneut exportieren."
CSV: Final = "text/csv; charset=utf-8"
ENCODING: Final = "windows-1252"


@router.get("")
def show_all(request: Request, db: Db, _asking: Keeper) -> Response:
    return render(request, "catalog/upkeep.html", _overview(db))


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
    content = file.file.read() if file is not None else b""
    if file is None or not file.filename or not content:
        reason = NO_FILE if file is None or not file.filename else EMPTY
        context = _overview(db) | {"sent": texts, "errors": {"file": reason}}
        return render(request, "catalog/upkeep.html", context, status=422)
    lot = texts.get("lot", "")
    wishes = Wishes(lot=int(lot) if lot.isdecimal() and lot.isascii() else None)
    wishes = replace(wishes, dry_run="pruefen" in texts)
    sender = (asking.person_id, now)
    framework = texts.get("framework", "")
    sent = send_catalog_file(db, framework, file.filename, content, wishes, sender)
    return redirect(request, f"/katalogpflege/dateien/{sent.id}")


@router.get("/dateien/{import_id}")
def show(request: Request, db: Db, _asking: Keeper, import_id: int) -> Response:
    """Asked for again and again while the file is read; the draft once it is there."""
    page = sent_file(db, import_id)
    if page.draft is not None:
        return redirect(request, f"/katalogpflege/{page.draft.id}")
    name = "catalog/_sent_file.html" if is_fragment(request) else "catalog/sent_file.html"
    return render(request, name, {"page": page})


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
    stored = content(db, page.sent.file_sha256).content
    name, sender = page.sent.file_name, (asking.person_id, now)
    sent = send_catalog_file(db, page.framework.number, name, stored, wishes, sender)
    return redirect(request, f"/katalogpflege/dateien/{sent.id}")


def _overview(db: Db) -> dict[str, Any]:
    return {
        "versions": versions(db),
        "files": [(sent, number, STATE_WORDS[sent.state]) for sent, number in open_files(db)],
        "frameworks": [
            (one.framework.number, f"{one.framework.number} {one.framework.title}")
            for one in all_frameworks(db)
        ],
        "sent": {},
        "errors": {},
    }
