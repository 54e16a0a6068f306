"""Pages for what stands beside an article: sustainability labels, pictures, data sheets."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, paper_fault
from app.archive.media_type import LARGEST_FILE
from app.catalog.content.add_label import LabelWish, add_label
from app.catalog.content.add_media import add_media
from app.catalog.content.keep_media import HandedIn
from app.catalog.content.queries import article_of, label_entries, media_of
from app.catalog.content.withdraw_label import withdraw_label
from app.catalog.content.withdraw_media import withdraw_media
from app.catalog.finding.index_articles import index_articles
from app.catalog.rules_labels import Label
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, typed_day
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Scanning, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/artikelpflege", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]
LABELS: Final = [(label.value, label.german) for label in Label]


def handed_file(datei: Annotated[UploadFile | None, File()] = None) -> tuple[str, bytes]:
    """Name and content of the one file; a byte beyond the limit is enough to refuse it."""
    if datei is None:
        return "", b""
    return datei.filename or "", datei.file.read(LARGEST_FILE + 1)


def handed_proof(urkunde: Annotated[UploadFile | None, File()] = None) -> bytes:
    return b"" if urkunde is None else urkunde.file.read(LARGEST_FILE + 1)


Handed = Annotated[tuple[str, bytes], Depends(handed_file)]
Proof = Annotated[bytes, Depends(handed_proof)]


@router.get("/{sku:path}")
def show(request: Request, db: Db, now: Now, _keeper: Keeper, sku: str) -> Response:
    return _page(request, db, now, sku)


@router.post("/umweltzeichen")
def record_label(
    request: Request, db: Db, now: Now, keeper: Keeper, sent: Sent, proof: Proof, scan: Scanning
) -> Response:
    sku = sent.get("sku", "")
    try:
        _check(proof, "urkunde", scan)
        entry = add_label(db, sku, _label_wish(sent, proof), keeper.person_id, now)
    except Malformed as refused:
        return _page(request, db, now, sku, sent, refused.errors)
    index_articles(db, [entry.article_id], legal_day(now))
    return redirect(request, f"/artikelpflege/{sku}", "Das Gütezeichen ist eingetragen.")


@router.post("/umweltzeichen/{label_id}/zuruecknehmen")
def take_label_back(
    request: Request, db: Db, now: Now, keeper: Keeper, label_id: int, sent: Sent
) -> Response:
    sku = sent.get("sku", "")
    withdraw_label(db, sku, label_id, keeper.person_id, now)
    index_articles(db, [article_of(db, sku).id], legal_day(now))
    return redirect(request, f"/artikelpflege/{sku}", "Das Gütezeichen ist zurückgenommen.")


@router.post("/dateien")
def take_file(
    request: Request, db: Db, now: Now, keeper: Keeper, sent: Sent, handed: Handed, scan: Scanning
) -> Response:
    sku = sent.get("sku", "")
    title = clean(sent.get("titel", ""))
    name = clean(handed[0]) or "datei"
    file = HandedIn(name, title, handed[1], person_id=keeper.person_id)
    try:
        _check(handed[1], "datei", scan)
        add_media(db, sku, file, now)
    except Malformed as refused:
        return _page(request, db, now, sku, sent, refused.errors)
    return redirect(request, f"/artikelpflege/{sku}", "Die Datei ist hinzugefügt.")


@router.post("/dateien/{media_id}/entfernen")
def take_file_away(
    request: Request, db: Db, now: Now, keeper: Keeper, media_id: int, sent: Sent
) -> Response:
    sku = sent.get("sku", "")
    withdraw_media(db, sku, media_id, keeper.person_id, now)
    return redirect(request, f"/artikelpflege/{sku}", "Die Datei ist entfernt.")


def _check(content: bytes, field: str, scan: Scanner) -> None:
    """Raises Malformed for what is cut, locked, runs programs or carries a virus."""
    if fault := paper_fault(content, scan):
        raise Malformed(FieldError(field, "file_refused", fault))


def _label_wish(sent: dict[str, str], proof: bytes) -> LabelWish:
    errors: list[FieldError] = []
    wish = LabelWish(
        label=sent.get("siegel", ""),
        grade=clean(sent.get("stufe", "")),
        valid_from=_day(sent, "gueltig_ab", errors),
        valid_until=_day(sent, "gueltig_bis", errors),
        proof_url=clean(sent.get("nachweis_url", "")),
        proof=proof,
    )
    if errors:
        raise Malformed(*errors)
    return wish


def _day(sent: dict[str, str], field: str, errors: list[FieldError]) -> date | None:
    text = sent.get(field, "").strip()
    if not text:
        return None
    try:
        return typed_day(text)
    except ValueError:
        asked = "Bitte geben Sie einen Tag an, zum Beispiel 21.11.2026."
        errors.append(FieldError(field, "no_day", asked))
        return None


def _page(
    request: Request,
    db: Session,
    now: Now,
    sku: str,
    sent: dict[str, str] | None = None,
    errors: Sequence[FieldError] = (),
) -> Response:
    article = article_of(db, sku)
    context = {
        "article": article,
        "labels": label_entries(db, article.id, legal_day(now)),
        "media": media_of(db, article.id),
        "kinds": LABELS,
        "sent": sent or {},
        "errors": {error.field: error.text for error in errors},
    }
    status = 422 if errors else 200
    return render(request, "catalog/article_care.html", context, status=status)
