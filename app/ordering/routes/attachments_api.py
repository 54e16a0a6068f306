"""`/api/v1/call-offs/{number}/attachments`: files between member and desk."""

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.archive.store import content
from app.kernel.errors import NotAllowed
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import actor
from app.ordering.attaching.attach_papers import paper_of, papers_of
from app.ordering.attaching.records import CallOffPaper
from app.ordering.attaching.send_paper import send_paper
from app.ordering.placing.api_once import answered_once
from app.ordering.showing.order_page import side_of
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Scanning
from app.web.field_names import fields_named
from app.web.pages import download
from app.web.paging import Paged
from app.web.repeatable import IdempotencyKey, created
from app.web.sent_json_file import JsonFile

router = APIRouter(
    prefix="/call-offs/{number}/attachments", tags=["Abrufe"], route_class=CommitRoute
)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Sender = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]
FILE_SCHEMA: Final = {"type": "string", "format": "binary"}
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Die Datei, wie sie abgelegt wurde, als Download.",
        "content": {
            kind: {"schema": FILE_SCHEMA} for kind in ("application/pdf", "image/png", "image/jpeg")
        },
    }
}


class AttachmentSent(JsonFile):
    """Eine Datei; `confirms_funds`: sie ist die Mittelbestätigung des Mitglieds."""

    confirms_funds: bool = False


class AttachmentGiven(BaseModel):
    """`sent_by`: die Funktion der Person, nicht ihr Name."""

    id: int
    file_name: str
    sha256: str
    confirms_funds: bool
    sent_by: str
    sent_at: datetime
    links: dict[str, str]


class AttachmentList(BaseModel):
    items: list[AttachmentGiven]
    total: int
    next: str | None


@router.get("", summary="Dateien an einem Abruf")
def show_all(db: Db, asking: Reader, number: str, paged: Paged) -> AttachmentList:
    found = papers_of(db, queries.call_off(db, number, asking.tenant).id)
    items = _given(db, number, paged.of(found))
    return AttachmentList(items=items, total=len(found), next=paged.next(len(found)))


@router.post(
    "",
    status_code=201,
    response_model=AttachmentGiven,
    summary="Eine Datei an einen Abruf legen",
    description="PDF, PNG oder JPEG bis 10 MB; es zählt der Inhalt, und er wird geprüft. Die "
    "andere Seite bekommt eine Nachricht. Was liegt, bleibt.",
)
def send(
    *,
    db: Db,
    now: Now,
    asking: Sender,
    scan: Scanning,
    number: str,
    body: AttachmentSent,
    idempotency_key: IdempotencyKey,
) -> Response:
    queries.call_off(db, number, asking.tenant)  # whose it is comes before what the role allows
    if asking.member is None and not asking.may(Scope.DELIVERIES_WRITE):
        raise NotAllowed("Dateien legen Besteller und Abwicklung ab.")

    def act() -> AttachmentGiven:
        handed, side = (body.file_name, body.content), side_of(asking)
        with fields_named({"anhang": "content"}):
            paper = send_paper(
                db,
                actor(asking),
                number,
                asking.tenant,
                now,
                side=side,
                handed=handed,
                scan=scan,
                confirms_funds=body.confirms_funds,
            )
        db.flush()
        return _given(db, number, [paper])[0]

    address = f"call-offs/{number}/attachments"
    return created(answered_once(db, asking, now, idempotency_key, (address, body), act))


@router.get(
    "/{attachment_id}",
    summary="Eine Datei herunterladen",
    response_class=Response,
    responses=FILE,
)
def show(
    db: Db,
    asking: Reader,
    number: str,
    attachment_id: Annotated[int, Path(ge=1, le=2**31 - 1)],
) -> Response:
    found = queries.call_off(db, number, asking.tenant)
    paper = paper_of(db, found, attachment_id)
    stored = content(db, paper.file_sha256)
    return download(stored.content, stored.media_type, paper.file_name)


def _given(db: Session, number: str, papers: list[CallOffPaper]) -> list[AttachmentGiven]:
    names = queries.labels(db, {one.by for one in papers}) if papers else {}
    return [
        AttachmentGiven(
            id=one.id,
            file_name=one.file_name,
            sha256=one.file_sha256,
            confirms_funds=one.confirms_funds,
            sent_by=names.get(one.by, ""),
            sent_at=one.at,
            links={"file": f"/api/v1/call-offs/{number}/attachments/{one.id}"},
        )
        for one in papers
    ]
