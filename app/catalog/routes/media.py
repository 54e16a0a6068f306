"""Pictures and papers of articles: by content, never as the type somebody claimed."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from app.archive.store import content
from app.catalog.content.pictures import MEDIA_TYPE
from app.catalog.content.queries import document, is_picture, label_proof
from app.catalog.visible import lots_seen_by
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.pages import download

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_READ))]
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
# The address is the hash of the content; only browsers of people who signed in may keep it.
FOREVER: Final = "private, max-age=31536000, immutable"
EXTENSIONS: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@router.get("/artikelbilder/{picture}")
def show_picture(request: Request, db: Db, _reader: Reader, picture: Sha256) -> Response:
    if not is_picture(db, picture):
        raise NotFound("Dieses Bild gibt es nicht.")
    headers = {"Cache-Control": FOREVER, "ETag": f'"{picture}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content(db, picture).content, media_type=MEDIA_TYPE, headers=headers)


@router.get("/artikeldokumente/{media_id}")
def hand_out_document(db: Db, now: Now, reader: Reader, media_id: int) -> Response:
    found = document(db, media_id, lots_seen_by(db, reader, legal_day(now)))
    stored = content(db, found.sha256)
    stem = found.file_name.rpartition(".")[0] or found.file_name or "dokument"
    return download(stored.content, stored.media_type, f"{stem}.pdf")


@router.get("/umweltzeichen/{label_id}/nachweis")
def hand_out_proof(db: Db, now: Now, reader: Reader, label_id: int) -> Response:
    found = label_proof(db, label_id, lots_seen_by(db, reader, legal_day(now)))
    stored = content(db, found.proof_sha256 or "")
    extension = EXTENSIONS.get(stored.media_type, "bin")
    return download(
        stored.content, stored.media_type, f"{found.label.value}-{label_id}.{extension}"
    )
