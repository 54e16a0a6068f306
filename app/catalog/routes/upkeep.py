"""Pages of a catalog version: what it changes, publish, discard, settle stops, go back."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.archive.large_files import open_content
from app.catalog.upkeep.discard_catalog_draft import discard_catalog_draft
from app.catalog.upkeep.drafts import (
    PAGE_SIZE,
    PART_WORDS,
    Part,
    Wanted,
    all_differences,
    version_page,
)
from app.catalog.upkeep.export_catalog import export_version
from app.catalog.upkeep.export_tables import export_csv, export_xlsx
from app.catalog.upkeep.publication_progress import publication_progress
from app.catalog.upkeep.publish_in_steps import order_publication, publishing_key
from app.catalog.upkeep.restore_catalog_version import restore_catalog_version
from app.catalog.upkeep.sent_files import file_of_version
from app.catalog.upkeep.settle_stops import leave_out_stopped, release_stopped
from app.catalog.upkeep.tables import differences_csv, remarks_csv
from app.kernel.errors import Malformed, NotFound
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.outbox.standstill import standstill
from app.web.dependencies import Db, Now, Sent
from app.web.pages import BYTES, download, download_large, is_fragment, redirect, render

router = APIRouter(prefix="/katalogpflege", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
MOST_ROWS: Final = 100_000
LONGEST: Final = 80
LAST_PAGE: Final = 100_000
Answer = TypeVar("Answer")


@router.get("/{version_id}")
def show(request: Request, db: Db, asking: Keeper, version_id: int) -> Response:
    """Asked for again and again, for its progress only, while a worker publishes it."""
    if not is_fragment(request):
        return render(request, "catalog/version.html", _page(request, db, asking, version_id))
    progress = publication_progress(db, version_id)
    if progress is None:
        return redirect(request, f"/katalogpflege/{version_id}")
    own_path = f"/katalogpflege/{version_id}"
    still = standstill(db, publishing_key(version_id))
    context = {"progress": progress, "own_path": own_path, "still": still}
    return render(request, "catalog/_version_publishing.html", context)


@router.get("/{version_id}/hinweise.csv")
def show_remarks(db: Db, _asking: Keeper, version_id: int) -> Response:
    page = version_page(db, version_id)
    name = f"hinweise-{page.framework.number}-{page.version.number}.csv"
    return download(remarks_csv(page.remarks), CSV, name)


@router.get("/{version_id}/unterschiede.csv")
def show_differences(db: Db, _asking: Keeper, version_id: int) -> Response:
    page = version_page(db, version_id)
    name = f"unterschiede-{page.framework.number}-{page.version.number}.csv"
    return download(differences_csv(all_differences(db, version_id, MOST_ROWS)), CSV, name)


@router.get("/{version_id}/datei")
def show_file(db: Db, _asking: Keeper, version_id: int) -> Response:
    """What the version was read from, byte by byte."""
    file = file_of_version(db, version_id)
    if file is None:
        raise NotFound("Zu dieser Version ist keine Datei aufbewahrt.", "file_missing")
    return download_large(open_content(db, file.sha256), BYTES, file.name)


@router.get("/{version_id}/katalog.xml")
def show_bmecat(db: Db, now: Now, _asking: Keeper, version_id: int) -> Response:
    content = b"".join(export_version(db, version_id, now))
    return download(content, "application/xml", f"{_file_name(db, version_id)}.xml")


@router.get("/{version_id}/katalog.csv")
def show_csv(db: Db, now: Now, _asking: Keeper, version_id: int) -> Response:
    content = b"".join(export_csv(db, version_id, now))
    return download(content, CSV, f"{_file_name(db, version_id)}.csv")


@router.get("/{version_id}/katalog.xlsx")
async def show_workbook(
    request: Request, db: Db, now: Now, _asking: Keeper, version_id: int
) -> Response:
    content = await _alone(request, partial(export_xlsx, db, version_id, now))
    return download(content, XLSX, f"{_file_name(db, version_id)}.xlsx")


@router.post("/{version_id}/veroeffentlichen")
async def publish(request: Request, db: Db, now: Now, asking: Keeper, version_id: int) -> Response:
    await _alone(request, partial(order_publication, db, version_id, asking.person_id, now))
    return redirect(request, f"/katalogpflege/{version_id}")


@router.post("/{version_id}/verwerfen")
def discard(request: Request, db: Db, _asking: Keeper, version_id: int) -> Response:
    discard_catalog_draft(db, version_id)
    return redirect(request, "/katalogpflege", "Der Entwurf ist verworfen.")


@router.post("/{version_id}/auslassen")
def leave_out(request: Request, db: Db, now: Now, asking: Keeper, version_id: int) -> Response:
    leave_out_stopped(db, version_id, asking.person_id, now)
    return redirect(
        request, f"/katalogpflege/{version_id}", "Die gestoppten Artikel sind ausgelassen."
    )


@router.post("/{version_id}/freigeben")
def release(
    request: Request, db: Db, now: Now, asking: Keeper, texts: Sent, version_id: int
) -> Response:
    reason = texts.get("reason", "")
    try:
        released = release_stopped(db, version_id, reason, asking.person_id, now)
    except Malformed as refusal:
        errors = refusal.by_field
        more = {"errors": errors, "reason": reason}
        context = _page(request, db, asking, version_id) | more
        return render(request, "catalog/version.html", context, status=422)
    said = "Die ungewöhnlichen Preise sind freigegeben."
    if not released:
        said = "Es gibt nichts freizugeben: Was der Vertrag verbietet, bleibt gestoppt."
    return redirect(request, f"/katalogpflege/{version_id}", said)


@router.post("/{version_id}/wiederherstellen")
async def restore(request: Request, db: Db, now: Now, asking: Keeper, version_id: int) -> Response:
    work = partial(restore_catalog_version, db, version_id, asking.person_id, now)
    version = await _alone(request, work)
    return redirect(request, f"/katalogpflege/{version.id}")


async def _alone(request: Request, work: Callable[[], Answer]) -> Answer:
    """One publication at a time, in a thread that no page waits for."""
    state = request.app.state
    if not hasattr(state, "importing"):
        state.importing = anyio.CapacityLimiter(1)
    return await anyio.to_thread.run_sync(work, limiter=state.importing)


def _file_name(db: Db, version_id: int) -> str:
    page = version_page(db, version_id)
    return f"katalog-{page.framework.number}-{page.version.number}"


def _page(request: Request, db: Db, asking: Asking, version_id: int) -> dict[str, Any]:
    wanted = _wanted(request)
    page = version_page(db, version_id, wanted)
    path = f"/katalogpflege/{version_id}"
    parts = [
        (words, f"{path}?art={part.value}", page.counts[part], part is wanted.part)
        for part, words in PART_WORDS.items()
        if page.counts[part] or part is Part.ALL
    ]
    own = page.version.imported_by == asking.person_id
    return {
        "page": page,
        "parts": parts,
        "page_size": PAGE_SIZE,
        "progress": publication_progress(db, version_id),
        "still": standstill(db, publishing_key(version_id)),
        "own": own,
        "file": file_of_version(db, version_id),
        "errors": {},
        "reason": "",
    }


def _wanted(request: Request) -> Wanted:
    """People edit addresses: what is unknown falls back."""
    said = request.query_params
    known = {part.value for part in Part}
    part, page = said.get("art", ""), said.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < LONGEST else 1
    return Wanted(
        Part(part) if part in known else Part.ALL,
        said.get("q", "").strip()[:LONGEST],
        min(max(number, 1), LAST_PAGE),
    )
