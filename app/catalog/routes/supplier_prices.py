"""Pages for price lists of single suppliers: send one, see what it changes, publish, take back."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response

from app.archive.store import content
from app.catalog.formats.findings import FileRefused
from app.catalog.supplier_prices.compare_list import compare_list
from app.catalog.supplier_prices.publish_price_list import publish_price_list
from app.catalog.supplier_prices.queries import (
    all_lists,
    names_of,
    price_list,
    suppliers_to_price,
)
from app.catalog.supplier_prices.send_price_list import LARGEST_FILE, ListWish, send_price_list
from app.catalog.supplier_prices.withdraw_price_list import withdraw_price_list
from app.catalog.upkeep.tables import price_list_template_csv
from app.frameworks.amending.forms import Sheet
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import whole_number
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/auftragnehmerpreise", include_in_schema=False, route_class=CommitRoute)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE, Scope.AUDIT_READ))]
CSV: Final = "text/csv; charset=utf-8"
NO_FILE: Final = "Bitte wählen Sie eine Preisliste aus."


def handed(file: Annotated[UploadFile | None, File()] = None) -> tuple[str, bytes]:
    """Name and content; a byte beyond the limit is enough to refuse it."""
    if file is None:
        return "", b""
    return file.filename or "", file.file.read(LARGEST_FILE + 1)


@router.get("")
def show_all(request: Request, db: Db, now: Now, asking: Reader) -> Response:
    return _overview(request, db, now, asking, {}, {})


@router.post("")
def send(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    sent: Sent,
    file: Annotated[tuple[str, bytes], Depends(handed)],
) -> Response:
    try:
        made = send_price_list(db, _wish(sent, *file), asking.person_id, now)
    except Malformed as refusal:
        return _overview(request, db, now, asking, sent, refusal.by_field)
    except FileRefused as refusal:
        return _overview(request, db, now, asking, sent, {"file": refusal.text})
    return redirect(request, f"/auftragnehmerpreise/{made.id}")


@router.get("/vorlage.csv")
def show_template(_asking: Keeper) -> Response:
    return download(price_list_template_csv(), CSV, "preisliste-vorlage.csv")


@router.get("/{list_id}")
def show(request: Request, db: Db, asking: Reader, list_id: int) -> Response:
    seen = price_list(db, list_id)
    result = seen.price_list.result
    context = {
        "seen": seen,
        "compared": compare_list(db, seen),
        "people": names_of(db, seen.price_list),
        "own": seen.price_list.sent_by == asking.person_id,
        "keeps": asking.may(Scope.CATALOG_WRITE),
        "remarks": [
            *(("abgelehnt", one) for one in result.get("rejected", ())),
            *(("Hinweis", one) for one in result.get("warnings", ())),
        ],
    }
    return render(request, "catalog/price_list.html", context)


@router.get("/{list_id}/datei")
def show_file(db: Db, _asking: Reader, list_id: int) -> Response:
    one = price_list(db, list_id).price_list
    stored = content(db, one.file_sha256)
    return download(stored.content, stored.media_type, one.file_name)


@router.post("/{list_id}/veroeffentlichen")
def publish(
    request: Request, db: Db, now: Now, asking: Keeper, sent: Sent, list_id: int
) -> Response:
    looked = bool(sent.get("geprueft"))
    publish_price_list(db, list_id, asking.person_id, now, looked=looked)
    return redirect(
        request, f"/auftragnehmerpreise/{list_id}", "Die Preisliste ist veröffentlicht."
    )


@router.post("/{list_id}/zuruecknehmen")
def withdraw(request: Request, db: Db, now: Now, asking: Keeper, list_id: int) -> Response:
    withdraw_price_list(db, list_id, asking.person_id, now)
    return redirect(request, f"/auftragnehmerpreise/{list_id}", "Die Preisliste ist zurückgezogen.")


def _wish(sent: dict[str, str], file_name: str, given: bytes) -> ListWish:
    sheet = Sheet(sent)
    valid_from = sheet.day("valid_from")
    if not file_name:
        sheet.errors.append(FieldError("file", "missing", NO_FILE))
    sheet.done()
    return ListWish(whole_number(sent.get("supplier", "")) or 0, valid_from, file_name, given)


def _overview(
    request: Request,
    db: Db,
    now: Now,
    asking: Asking,
    sent: dict[str, str],
    errors: dict[str, str],
) -> Response:
    context: dict[str, Any] = {
        "lists": all_lists(db),
        "suppliers": [(str(number), words) for number, words in suppliers_to_price(db)],
        "keeps": asking.may(Scope.CATALOG_WRITE),
        "today": legal_day(now),
        "sent": sent,
        "errors": errors,
    }
    return render(request, "catalog/price_lists.html", context, status=422 if errors else 200)
