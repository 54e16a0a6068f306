"""Files at an order: opening one, and sending one to the other side."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.archive.check_upload import Scanner
from app.archive.store import content
from app.kernel.errors import NotAllowed
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering import queries
from app.ordering.asking import actor
from app.ordering.attaching.attach_papers import paper_of
from app.ordering.attaching.send_paper import send_paper
from app.ordering.routes.checkout import configured_scanner, handed_paper
from app.ordering.rules import Side
from app.ordering.showing.order_page import side_of
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]


@router.get("/abrufe/{number}/anhang/{attachment_id}")
def show(db: Db, asking: Reader, number: str, attachment_id: int) -> Response:
    """For whoever sees the call-off: its member, and those who work for all."""
    found = queries.call_off(db, number, asking.tenant)
    paper = paper_of(db, found, attachment_id)
    stored = content(db, paper.file_sha256)
    return download(stored.content, stored.media_type, paper.file_name)


@router.post("/abrufe/{number}/anhang")
def send(
    *,
    request: Request,
    db: Db,
    now: Now,
    asking: Reader,
    number: str,
    sent: Sent,
    handed: Annotated[tuple[str, bytes], Depends(handed_paper)],
    scan: Annotated[Scanner, Depends(configured_scanner)],
) -> Response:
    side = side_of(asking)
    if not (asking.may(Scope.CALL_OFFS_WRITE) or side is Side.DESK):
        raise NotAllowed("Dateien legen Besteller und Abwicklung ab.")
    send_paper(
        db,
        actor(asking),
        number,
        asking.tenant,
        now,
        side=side,
        handed=handed,
        scan=scan,
        confirms_funds="mittel" in sent,
    )
    where = "abwicklung" if side is Side.DESK else "abrufe"
    return redirect(request, f"/{where}/{number}#h-nachrichten", "Die Datei ist gesendet.")
