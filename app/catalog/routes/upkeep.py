"""Pages for keeping the catalog: read a file in, look at it, publish or discard it."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, BinaryIO, Final, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response

from app.catalog.formats.findings import FileRefused
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.upkeep.discard_catalog_draft import discard_catalog_draft
from app.catalog.upkeep.drafts import remarks_csv, version_page, versions
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.frameworks.queries import all_frameworks
from app.kernel.errors import Conflict
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/katalogpflege", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
NO_FILE: Final = "Bitte wählen Sie eine Katalogdatei aus."
CSV: Final = "text/csv; charset=utf-8"
Answer = TypeVar("Answer")


@router.get("")
def show_all(request: Request, db: Db, _asking: Keeper) -> Response:
    return render(request, "catalog/upkeep.html", _overview(db))


@router.post("")
async def read_in(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    texts: Sent,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Reads into a draft that nobody sees; "nur prüfen" keeps nothing at all."""
    if file is None or not file.filename:
        return await _alone(request, partial(_refused, request, db, texts, NO_FILE))
    order = ImportOrder(
        file_name=file.filename,
        framework=texts.get("framework", ""),
        lot=int(texts["lot"]) if texts.get("lot", "").isdecimal() else None,
        dry_run="pruefen" in texts,
        person_id=asking.person_id,
    )
    work = partial(_import, request, db, file.file, order, now, texts)
    return await _alone(request, work)


def _import(
    request: Request,
    db: Db,
    stream: BinaryIO,
    order: ImportOrder,
    now: Now,
    texts: dict[str, str],
) -> Response:
    try:
        result = import_catalog(db, stream, order, now)
    except (FileRefused, Conflict) as refusal:
        return _refused(request, db, texts, refusal.text)
    if result.version_id is not None:
        return redirect(request, f"/katalogpflege/{result.version_id}")
    context = _overview(db) | {"sent": texts, "result": result, "dry_run": order.dry_run}
    return render(request, "catalog/upkeep.html", context)


@router.get("/{version_id}")
def show(request: Request, db: Db, _asking: Keeper, version_id: int) -> Response:
    return render(request, "catalog/version.html", {"page": version_page(db, version_id)})


@router.get("/{version_id}/hinweise.csv")
def show_remarks(db: Db, _asking: Keeper, version_id: int) -> Response:
    page = version_page(db, version_id)
    name = f"hinweise-{page.framework.number}-{page.version.number}.csv"
    return download(remarks_csv(page), CSV, name)


@router.post("/{version_id}/veroeffentlichen")
async def publish(request: Request, db: Db, now: Now, asking: Keeper, version_id: int) -> Response:
    work = partial(publish_catalog_version, db, version_id, asking.person_id, now)
    await _alone(request, work)
    return redirect(request, f"/katalogpflege/{version_id}")


@router.post("/{version_id}/verwerfen")
def discard(request: Request, db: Db, _asking: Keeper, version_id: int) -> Response:
    discard_catalog_draft(db, version_id)
    return redirect(request, "/katalogpflege")


async def _alone(request: Request, work: Callable[[], Answer]) -> Answer:
    """One import at a time, in a thread that no page waits for."""
    state = request.app.state
    if not hasattr(state, "importing"):
        state.importing = anyio.CapacityLimiter(1)
    return await anyio.to_thread.run_sync(work, limiter=state.importing)


def _refused(request: Request, db: Db, texts: dict[str, str], reason: str) -> Response:
    context = _overview(db) | {"sent": texts, "errors": {"file": reason}}
    return render(request, "catalog/upkeep.html", context, status=422)


def _overview(db: Db) -> dict[str, Any]:
    return {
        "versions": versions(db),
        "frameworks": [
            (one.framework.number, f"{one.framework.number} {one.framework.title}")
            for one in all_frameworks(db)
        ],
        "sent": {},
        "errors": {},
        "result": None,
        "dry_run": False,
    }
